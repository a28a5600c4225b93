import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { addressBlock } from '#platform/http/index.js';
import { CODE_MAIL_POLICY, MAIL_POLICY, MAILBOX_POLICY } from './throttle-policy.js';
import { Throttle } from './throttle.js';
import { ThrottlesRepository } from './throttles.repository.js';

/** Bounds how many mails strangers can cause: from one address of the network, and to one mailbox. */
@Injectable()
export class MailThrottle {
  readonly #asked: Throttle;
  readonly #sent: Throttle;
  readonly #codes: Throttle;

  constructor(throttles: ThrottlesRepository, clock: Clock) {
    this.#asked = new Throttle(MAIL_POLICY, throttles, clock);
    this.#sent = new Throttle(MAILBOX_POLICY, throttles, clock);
    this.#codes = new Throttle(CODE_MAIL_POLICY, throttles, clock);
  }

  /** Counts a request for a mail; if refused, for how many seconds. */
  async ask(networkAddress: string): Promise<number | undefined> {
    return seconds(await this.#asked.refusal(addressBlock(networkAddress)));
  }

  /** Counts a code that is to be sent to a user; if refused, for how many seconds. */
  async askForCode(userId: string): Promise<number | undefined> {
    return seconds(await this.#codes.refusal(userId));
  }

  /** Takes it back, as none was sent. */
  async codeNotSent(userId: string): Promise<void> {
    await this.#codes.takeBack(userId);
  }

  /** Counts a mail to a mailbox; false when it has had enough, which nobody is told. */
  async admitsMailTo(mailbox: string): Promise<boolean> {
    return (await this.#sent.refusal(mailbox.toLowerCase())) === undefined;
  }
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.max(1, Math.ceil(milliseconds / 1000));
}
