import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientsService } from '#clients/index.js';
import { CallerRights } from './caller-rights.service.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import { ClientEntrusting, type WrittenClient } from './client-entrusting.service.js';
import { ClientMessages } from './client-messages.service.js';
import { clientAnswer, clientChanges, clientInput } from './dto/client-wire.js';
import { ClientMembers, FIXED_CLIENT_MEMBERS, NewClient } from './dto/client.dto.js';
import { found, patched, refusal, unlessStale } from './outcomes.js';
import { SectorDocuments } from './sector-documents.service.js';

/** Registers and changes clients as messages say, as far as whoever makes the request may. */
@Injectable()
export class ClientWrites {
  constructor(
    private readonly clients: ClientsService,
    private readonly messages: ClientMessages,
    private readonly sectors: SectorDocuments,
    private readonly rights: CallerRights,
    private readonly entrusting: ClientEntrusting,
  ) {}

  /** Registers the client that a message describes. */
  async register(request: FastifyRequest, body: unknown): Promise<WrittenClient> {
    const { message, problems } = checkMessage(NewClient, body);
    const { client_id: clientId, ...members } = message;
    const owner = this.rights.onlyOwner(request);
    const read = await this.messages.registered({ ...members, ...(owner === undefined ? {} : { owner }) }, clientId);
    const { input } = read;
    await this.rights.requireToEntrust(request, input.scope ?? []);
    refuseFaults(problems, read.problems);
    refuseFaults([], this.sectors.problems(request, input));
    const result = await this.clients.register(input, { clientId });
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/client_id' });
    if (result.outcome !== 'registered') throw refusal(result);
    if (result.clientSecret !== undefined) this.rights.requireFresh(request);
    return { client: result.client, secret: result.clientSecret };
  }

  /** Changes a client by a merge patch. */
  async change(request: FastifyRequest, clientId: string, patch: unknown): Promise<WrittenClient> {
    const result = await unlessStale(async () => {
      const client = found(await this.clients.find(clientId));
      const before = clientAnswer(client);
      const { message, problems, removed } = patched(ClientMembers, before, patch, FIXED_CLIENT_MEMBERS);
      const input = clientInput(message);
      await this.rights.requireScopesOf(request, new Set([...client.scope, ...(input.scope ?? [])]));
      refuseFaults(problems, await this.messages.changeProblems(input, client));
      refuseFaults([], this.sectors.problems(request, input, client));
      const update = await this.clients.update(clientId, clientChanges(message, removed), client.updatedAt);
      return { ...update, before: client };
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return this.entrusting.finish(request, result.before, result.client);
  }
}
