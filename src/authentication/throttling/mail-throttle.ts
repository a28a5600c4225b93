import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { addressBlock } from '#platform/http/index.js';
import { MAIL_POLICY, MAILBOX_POLICY } from './throttle-policy.js';
import { Throttle } from './throttle.js';
import { ThrottlesRepository } from './throttles.repository.js';

/** Bounds how many mails strangers can cause: from one address of the network, and to one mailbox. */
@Injectable()
export class MailThrottle {
  readonly #asked: Throttle;
  readonly #sent: Throttle;

  constructor(throttles: ThrottlesRepository, clock: Clock) {
    this.#asked = new Throttle(MAIL_POLICY, throttles, clock);
    this.#sent = new Throttle(MAILBOX_POLICY, throttles, clock);
  }

  /** Counts a request for a mail; if refused, for how many seconds. */
  async ask(networkAddress: string): Promise<number | undefined> {
    const milliseconds = await this.#asked.refusal(addressBlock(networkAddress));
    return milliseconds === undefined ? undefined : Math.max(1, Math.ceil(milliseconds / 1000));
  }

  /** Counts a mail to a mailbox; false when it has had enough, which nobody is told. */
  async admitsMailTo(mailbox: string): Promise<boolean> {
    return (await this.#sent.refusal(mailbox.toLowerCase())) === undefined;
  }
}
