import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { PasswordSettings } from '#platform/config/index.js';
import { leakedPasswordDigest } from '#platform/crypto/index.js';
import { OutboundHttp } from '#platform/http/index.js';
import { Metrics } from '#platform/observability/index.js';
import { rangeHolds } from './leaked-password-range.js';

const PREFIX_LENGTH = 5;

/** Asks whether a password has leaked anywhere, without telling which: five characters of its digest leave (k-anonymity). */
@Injectable()
export class LeakedPasswords {
  readonly #logger = new Logger('passwords');
  readonly #checks: Counter;

  constructor(
    private readonly http: OutboundHttp,
    private readonly settings: PasswordSettings,
    { registry }: Metrics,
  ) {
    this.#checks = new Counter({
      name: 'gatehouse_leaked_password_checks_total',
      help: 'Questions whether a chosen password has leaked, by answer: clean, leaked or failed.',
      labelNames: ['outcome'],
      registers: [registry],
    });
  }

  /** Whether it is known to have leaked; nobody is kept from an account because the list does not answer. */
  async include(password: string): Promise<boolean> {
    const { leakedPasswordsUrl: url } = this.settings;
    if (url === undefined) return false;
    const digest = leakedPasswordDigest(password);
    const answer = await this.http.get(url + digest.slice(0, PREFIX_LENGTH), ['text/plain'], {
      // Every answer is about as long, so that its length does not tell which it is.
      'add-padding': 'true',
    });
    if (answer.outcome === 'failed') {
      this.#logger.warn(`could not ask whether a password has leaked: ${answer.detail}`);
      this.#checks.inc({ outcome: 'failed' });
      return false;
    }
    const leaked = rangeHolds(answer.body.toString('utf8'), digest.slice(PREFIX_LENGTH));
    this.#checks.inc({ outcome: leaked ? 'leaked' : 'clean' });
    return leaked;
  }
}
