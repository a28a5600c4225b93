import { Injectable } from '@nestjs/common';
import { Mails, type Recipient } from '#mails/index.js';
import { Transactions } from '#platform/database/index.js';
import { ADMINISTRATORS_GROUP, UsersService } from '#users/index.js';
import { secretExpiresMail } from '#views/index.js';
import type { ExpiringSecret } from './expiring-secret.js';
import { ExpiryWarningsRepository } from './expiry-warnings.repository.js';

const MOST_ADMINISTRATORS = 50;
const ADDRESS = /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,189}$/;

/** Writes to those who can do something about a secret that runs out. */
@Injectable()
export class ExpiryWarnings {
  constructor(
    private readonly warnings: ExpiryWarningsRepository,
    private readonly users: UsersService,
    private readonly mails: Mails,
    private readonly transactions: Transactions,
  ) {}

  /** Gives a warning with its mails, all or nothing; false when it was given before. */
  async give(secret: ExpiringSecret, days: number): Promise<boolean> {
    const recipients = await this.recipients(secret);
    return this.transactions.run(async () => {
      if (!(await this.warnings.note(secret, days))) return false;
      const { kind, ownerId: clientId, ownerName: name, expiresAt } = secret;
      for (const recipient of recipients) {
        await this.mails.send(secretExpiresMail, { ...recipient, kind, clientId, name, expiresAt });
      }
      return true;
    });
  }

  /** The keeper and administrators in their own languages, and the addresses that the client names; nobody twice. */
  private async recipients({ contacts, keeperId }: ExpiringSecret): Promise<Recipient[]> {
    const wanted = { group: ADMINISTRATORS_GROUP, status: 'active' };
    const { items } = await this.users.list(wanted, { limit: MOST_ADMINISTRATORS });
    const keeper = keeperId === undefined ? undefined : await this.users.find(keeperId);
    const people = keeper?.status === 'active' ? [...items, keeper] : items;
    const known = people.flatMap(({ claims: { email, locale, zoneinfo } }): [string, Recipient][] =>
      email === undefined ? [] : [[email.toLowerCase(), { to: email, locale, timeZone: zoneinfo }]],
    );
    const named = contacts
      .map((contact) => contact.replace(/^mailto:/i, ''))
      .filter((contact) => ADDRESS.test(contact))
      .map((to): [string, Recipient] => [to.toLowerCase(), { to }]);
    return [...new Map([...named, ...known]).values()];
  }
}
