import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientSecretsService, type Client, type NewClientSecret } from '#clients/index.js';
import { isSensitive } from '../changes/sensitive-change.js';
import { CallerRights } from './caller-rights.service.js';
import { clientAnswer } from './dto/client-wire.js';

/** A client as it was written, and the secret that was made for it. */
export interface WrittenClient {
  readonly client: Client;
  readonly secret: NewClientSecret | undefined;
}

/** Finishes what changes a client: with the secret that it has come to need, and only for callers who may open it that far. */
@Injectable()
export class ClientEntrusting {
  constructor(
    private readonly secrets: ClientSecretsService,
    private readonly rights: CallerRights,
  ) {}

  /** Judges a change that was written, in its transaction: a refusal undoes it. */
  async finish(request: FastifyRequest, before: Client, client: Client): Promise<WrittenClient> {
    const secret = await this.secrets.beginSigning(client);
    if (secret !== undefined) this.rights.requireFresh(request);
    // What takes access away, or is only shown, gives nobody the scopes that the client has.
    const opens = secret !== undefined || isSensitive('client.change', clientAnswer(before), clientAnswer(client));
    if (opens) await this.rights.requireToEntrust(request, new Set([...before.scope, ...client.scope]));
    return { client, secret };
  }
}
