import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientsService, ClientVersions } from '#clients/index.js';
import { CallerRights } from './caller-rights.service.js';
import { refuseFaults } from './checked-message.js';
import { ClientEntrusting, type WrittenClient } from './client-entrusting.service.js';
import { ClientReferences } from './client-references.service.js';
import { clientRecord, metadataOf } from './dto/client-wire.js';
import { found, refusal, unlessStale } from './outcomes.js';
import { changesBetween } from './requests/dry-run.js';
import { SectorDocuments } from './sector-documents.service.js';

/** Brings back versions of clients, judged as if somebody sent what they hold today. */
@Injectable()
export class ClientRestorations {
  constructor(
    private readonly clients: ClientsService,
    private readonly versions: ClientVersions,
    private readonly references: ClientReferences,
    private readonly sectors: SectorDocuments,
    private readonly rights: CallerRights,
    private readonly entrusting: ClientEntrusting,
  ) {}

  /** Makes a client what it was in a version. */
  async restore(request: FastifyRequest, clientId: string, number: number): Promise<WrittenClient> {
    const result = await unlessStale(async () => {
      const client = found(await this.clients.find(clientId));
      const version = found(await this.versions.find(clientId, number));
      const { metadata } = version;
      const changes = changesBetween(clientRecord(metadataOf(client)), clientRecord(metadata), []);
      this.rights.requireToDecide(
        request,
        changes.map(({ pointer }) => pointer.split('/')[1] ?? ''),
      );
      await this.rights.requireScopesOf(request, new Set([...client.scope, ...metadata.scope]));
      refuseFaults([], [...this.clients.problems(metadata), ...(await this.references.problems(metadata, client))]);
      refuseFaults([], this.sectors.problems(request, metadata, client));
      return { ...(await this.clients.restore(version, client.updatedAt)), before: client };
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return this.entrusting.finish(request, result.before, result.client);
  }
}
