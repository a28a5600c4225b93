import { Injectable } from '@nestjs/common';
import { clientFrom } from '../client-row.js';
import { ClientsRepository } from '../clients.repository.js';
import { looksLike } from './lookalike-name.js';

/** The names of the company's own clients, which no client that registers itself may take (RFC 7591 §5). */
@Injectable()
export class FirstPartyNames {
  constructor(private readonly clients: ClientsRepository) {}

  /** Tells whether a user could take a client of this name for one of the company's own. */
  async resembles(name: string): Promise<boolean> {
    const made = (await this.clients.madeByAdministrators()).map(clientFrom);
    return made.some(({ firstParty, clientName }) => firstParty && looksLike(clientName ?? '', name));
  }
}
