import { Injectable } from '@nestjs/common';
import { Outbox, type OutboxCatalogue } from '#platform/events/index.js';
import type { Letter } from './letter.js';
import { Letters } from './letters.js';

const MOST_SHOWN = 50;

/** A mail that was written here. */
export interface WrittenMail {
  readonly id: string;
  readonly letter: Letter;
}

/** Reads the mails of the last day back from the outbox, for developers. */
@Injectable()
export class DevMailbox {
  constructor(
    private readonly outbox: Outbox,
    private readonly letters: Letters,
  ) {}

  /** The newest mails, the newest first. */
  async latest(): Promise<WrittenMail[]> {
    const rows = await this.outbox.latest('mail', MOST_SHOWN);
    return rows.map(({ id, payload }) => ({ id, letter: this.letters.open(payload as OutboxCatalogue['mail']) }));
  }

  /** One of them. */
  async find(id: string): Promise<Letter | undefined> {
    return (await this.latest()).find((mail) => mail.id === id)?.letter;
  }
}
