import { Injectable } from '@nestjs/common';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock, Random, SecretBox } from '#platform/crypto/index.js';
import type { OutboxCatalogue } from '#platform/events/index.js';
import type { Letter } from './letter.js';

const CONTEXT = 'mail in the outbox';

/** Makes mails into what waits in the outbox, and opens it again: the links in them are secrets, which no table shows. */
@Injectable()
export class Letters {
  constructor(
    private readonly box: SecretBox,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  seal(mail: Omit<Letter, 'messageId' | 'writtenAt'>): OutboxCatalogue['mail'] {
    const messageId = `<${this.random.id()}@${new URL(this.issuer.issuer).hostname}>`;
    const letter: Letter = { ...mail, messageId, writtenAt: this.clock.now().getTime() };
    return { sealed: this.box.seal(JSON.stringify(letter), CONTEXT) };
  }

  open({ sealed }: OutboxCatalogue['mail']): Letter {
    return JSON.parse(this.box.open(sealed, CONTEXT)) as Letter;
  }
}
