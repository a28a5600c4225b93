import { Injectable } from '@nestjs/common';
import { isVetted, type Client } from '../client.js';
import { ClientsRepository } from '../clients.repository.js';
import { mayUse, type AccessSubject } from './client-access.js';

/** Lists the applications of the company that are for somebody. */
@Injectable()
export class UsableClients {
  constructor(private readonly clients: ClientsRepository) {}

  /**
   * Every client that the user may sign in to, by name: those that somebody of the company registered or checked, and that
   * have users at all. From memory unless a client has changed, so that a page may ask at each visit.
   */
  async by(user: AccessSubject): Promise<readonly Client[]> {
    const clients = await this.clients.knownVetted();
    return clients.filter((client) => isVetted(client) && client.redirectUris.length > 0 && mayUse(client, user));
  }
}
