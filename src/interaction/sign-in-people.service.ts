import { Injectable } from '@nestjs/common';
import { ClientsService, type Client } from '#clients/index.js';
import { UsersService, type User } from '#users/index.js';
import type { Interaction } from './interaction.js';

/** Looks up who signs in, and for which client. */
@Injectable()
export class SignInPeople {
  constructor(
    private readonly users: UsersService,
    private readonly clients: ClientsService,
  ) {}

  /** Somebody who has just proven who they are; that there is no such user any more is nobody's fault. */
  async user(id: string): Promise<User> {
    const user = await this.users.find(id);
    if (user === undefined) throw new Error(`user ${id} was deleted while signing in`);
    return user;
  }

  async client(interaction: Interaction | undefined): Promise<Client | undefined> {
    return interaction && (await this.clients.known(interaction.clientId));
  }
}
