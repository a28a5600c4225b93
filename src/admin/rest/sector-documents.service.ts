import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  ClientsService,
  ClientVersions,
  SectorIdentifiers,
  sectorProblems,
  sectorToAsk,
  type MetadataProblem,
  type SectorClaim,
  type SectorDocument,
} from '#clients/index.js';
import { isJsonObject } from './merge-patch.js';
import { refusal } from './outcomes.js';
import { versionNumber } from './version-number.js';

/** A change that may need a document: by what was sent, or by the version that is brought back. */
export interface SectorChange {
  readonly clientId?: string | undefined;
  readonly version?: number | undefined;
  readonly body?: unknown;
}

/**
 * The sector documents that requests need, fetched before their work begins: that may be one transaction from end to end, in
 * which nothing waits for the network.
 */
@Injectable()
export class SectorDocuments {
  private readonly fetched = new WeakMap<FastifyRequest, SectorDocument>();

  constructor(
    private readonly clients: ClientsService,
    private readonly versions: ClientVersions,
    private readonly sectors: SectorIdentifiers,
  ) {}

  /** Fetches what the request will need, as far as its body, or the version that it names, tells. */
  prepare(request: FastifyRequest): Promise<void> {
    const { client_id: clientId, number } = request.params as { readonly client_id?: string; readonly number?: string };
    const version = number === undefined ? undefined : (versionNumber(number) ?? 0);
    return this.prepareFor(request, { clientId, version, body: request.body });
  }

  /** Fetches what a change will need that the request makes come about. */
  async prepareFor(request: FastifyRequest, { clientId, version, body }: SectorChange): Promise<void> {
    const claim =
      clientId === undefined || version === undefined ? claimOf(body) : await this.claimedIn(clientId, version);
    if (claim === undefined) return;
    const present = clientId === undefined ? undefined : await this.clients.find(clientId);
    const uri = sectorToAsk({ ...kept(present), ...claim }, present);
    if (uri !== undefined) this.fetched.set(request, await this.sectors.document(uri));
  }

  /** What is wrong with the sector of a client that is otherwise right (OIDC Registration §5). */
  problems(request: FastifyRequest, wanted: SectorClaim, present?: SectorClaim): MetadataProblem[] {
    const uri = sectorToAsk(wanted, present);
    if (uri === undefined) return [];
    const document = this.fetched.get(request);
    // somebody gave the client another sector after the document was asked for
    if (document?.uri !== uri) throw refusal({ outcome: 'stale' });
    return sectorProblems(wanted, document);
  }

  private async claimedIn(clientId: string, number: number): Promise<SectorClaim | undefined> {
    const version = await this.versions.find(clientId, number);
    return version && kept(version.metadata);
  }
}

function kept(present: SectorClaim | undefined): SectorClaim {
  return { sectorIdentifierUri: present?.sectorIdentifierUri, redirectUris: present?.redirectUris };
}

/** What a body says about the sector; nothing where it says nothing, or what its checks will refuse. */
function claimOf(body: unknown): SectorClaim | undefined {
  if (!isJsonObject(body)) return undefined;
  const { sector_identifier_uri: uri, redirect_uris: redirectUris } = body;
  if (uri === undefined && redirectUris === undefined) return undefined;
  return {
    ...(uri === undefined ? {} : { sectorIdentifierUri: typeof uri === 'string' ? uri : undefined }),
    ...(isTexts(redirectUris) ? { redirectUris } : {}),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
