import { Injectable } from '@nestjs/common';
import { isVetted, type Client } from '../client.js';
import { ClientsRepository } from '../clients.repository.js';
import { looksLike } from './lookalike-name.js';

/** Finds clients that a user could be led to believe they are dealing with. */
@Injectable()
export class Lookalikes {
  constructor(private readonly clients: ClientsRepository) {}

  /** The checked client whose name that of an unchecked one can be taken for; from memory, so that a page may ask. */
  async of(client: Client): Promise<Client | undefined> {
    const { clientName } = client;
    if (clientName === undefined || isVetted(client)) return undefined;
    const vetted = (await this.clients.knownVetted()).filter(isVetted);
    return vetted.find((other) => looksLike(other.clientName ?? '', clientName));
  }
}
