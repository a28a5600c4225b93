import { Injectable } from '@nestjs/common';
import { IssuerSettings } from '#platform/config/index.js';
import { Random } from '#platform/crypto/index.js';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import type { ClientRow } from './client.entity.js';
import { changedMetadata, completeMetadata } from './client-metadata-defaults.js';
import type { ClientMetadataChanges, ClientMetadataInput, MetadataProblem } from './client-metadata.js';
import { clientIdProblems, metadataProblems } from './client-metadata.validator.js';
import { clientFrom, columnsOf, metadataFrom } from './client-row.js';
import { ClientSecretsService, type NewClientSecret } from './client-secrets.service.js';
import { usesSecret, type Client } from './client.js';
import { ClientsRepository, type ClientFilter } from './clients.repository.js';
import { plainName } from './plain-name.js';
import type { ClientVersion } from './versions/client-version.js';
import { signingSecretProblem } from './signing-secret.js';

/** What became of the wish to register a client. */
export type Registration =
  | { readonly outcome: 'registered'; readonly client: Client; readonly clientSecret?: NewClientSecret }
  | { readonly outcome: 'invalid'; readonly problems: readonly MetadataProblem[] }
  | { readonly outcome: 'taken' };

/** What became of the wish to change a client; `stale` when it was changed since it was read. */
export type ClientUpdate =
  | { readonly outcome: 'updated'; readonly client: Client }
  | { readonly outcome: 'invalid'; readonly problems: readonly MetadataProblem[] }
  | { readonly outcome: 'unknown' | 'stale' };

/** What may be fixed at registration beside the metadata. */
export interface RegistrationOptions {
  readonly clientId?: string | undefined;
  /** A secret that somebody chose; without it a client that uses one gets one of ours. */
  readonly clientSecret?: string | undefined;
  /** True for a client that registers itself, which nobody has checked. */
  readonly selfRegistered?: true;
}

/** The registered clients: found, registered, changed, ended. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly clients: ClientsRepository,
    private readonly secrets: ClientSecretsService,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly random: Random,
    private readonly issuer: IssuerSettings,
  ) {}

  /** The client as it is at this moment, whatever its status; undefined when there is none. */
  async find(clientId: string): Promise<Client | undefined> {
    const row = await this.clients.find(clientId);
    return row && clientFrom(row);
  }

  /** The client as every process knows it within a second of a change: for what happens with each request. */
  known(clientId: string): Promise<Client | undefined> {
    return this.clients.known(clientId);
  }

  /** The clients among the ids that exist, for pages that show names. */
  async findMany(clientIds: readonly string[]): Promise<Client[]> {
    return clientIds.length === 0 ? [] : (await this.clients.findMany(clientIds)).map(clientFrom);
  }

  /** Tells whether pages of this origin belong to a registered browser client (OIDC Core §5.3). */
  hasBrowserOrigin(origin: string): Promise<boolean> {
    return this.clients.hasOrigin(origin);
  }

  /** One page of all clients, or of those with a text in name or id, oldest first. */
  async list(request: PageRequest, { text, ...filter }: ClientFilter = {}): Promise<Page<Client>> {
    const page = await this.clients.list(request, {
      ...filter,
      text: text === undefined ? undefined : plainName(text),
    });
    return { ...page, items: page.items.map(clientFrom) };
  }

  /** Ends the access tokens that were issued to a client until a moment; false when there is no such client. */
  revokeTokens(clientId: string, before: Date): Promise<boolean> {
    return this.clients.revokeTokens(clientId, before);
  }

  /** Says what would be refused, without registering anything. */
  problems(input: ClientMetadataInput, clientId?: string): MetadataProblem[] {
    const development = this.issuer.kind === 'development';
    return [
      ...(clientId === undefined ? [] : clientIdProblems(clientId)),
      ...metadataProblems(completeMetadata(input), { development }),
    ];
  }

  /** Registers a client; one that uses a secret is given one, which only this answer holds. */
  async register(input: ClientMetadataInput, options: RegistrationOptions = {}): Promise<Registration> {
    const problems = [...this.problems(input, options.clientId), ...secretProblems(input, options)];
    if (problems.length > 0) return { outcome: 'invalid', problems };
    try {
      return await this.transactions.run(() => this.insert(input, options));
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken' };
      throw error;
    }
  }

  /** Changes a client; with `readAt` (the `updatedAt` of what was read) only if nobody changed it since. */
  update(clientId: string, changes: ClientMetadataChanges, readAt?: Date): Promise<ClientUpdate> {
    return this.transactions.run(async () => {
      const row = await this.clients.find(clientId);
      if (row === undefined) return { outcome: 'unknown' };
      if (readAt !== undefined && readAt.getTime() !== row.updatedAt.getTime()) return { outcome: 'stale' };
      return this.replace(row, changedMetadata(metadataFrom(row), changes));
    });
  }

  /** Makes a client what it was in a version, by the rules of today, if nobody changed it since it was read. */
  restore({ clientId, number, metadata }: ClientVersion, readAt: Date): Promise<ClientUpdate> {
    return this.transactions.run(async () => {
      const row = await this.clients.find(clientId);
      if (row === undefined) return { outcome: 'unknown' };
      if (readAt.getTime() !== row.updatedAt.getTime()) return { outcome: 'stale' };
      return this.replace(row, metadata, number);
    });
  }

  /** Removes a client with everything that belongs to it; false when there is none. */
  delete(clientId: string): Promise<boolean> {
    return this.transactions.run(async () => {
      if ((await this.clients.find(clientId)) === undefined) return false;
      await this.events.publish('client.deleted', { clientId });
      return this.clients.remove(clientId);
    });
  }

  private async insert(input: ClientMetadataInput, options: RegistrationOptions): Promise<Registration> {
    const clientId = options.clientId ?? this.random.id();
    if ((await this.clients.find(clientId)) !== undefined) return { outcome: 'taken' };
    const columns = columnsOf(completeMetadata(input));
    const row = await this.clients.add(clientId, columns, options.selfRegistered ?? false);
    const client = clientFrom(row);
    if (!usesSecret(client)) return { outcome: 'registered', client };
    if (options.clientSecret !== undefined) {
      await this.secrets.choose(clientId, options.clientSecret);
      return { outcome: 'registered', client };
    }
    const clientSecret = await this.secrets.add(clientId);
    return { outcome: 'registered', client, ...(clientSecret === undefined ? {} : { clientSecret }) };
  }

  private async replace(row: ClientRow, input: ClientMetadataInput, restoredFrom?: number): Promise<ClientUpdate> {
    const problems = this.problems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const metadata = completeMetadata(input);
    const deactivated = row.status === 'active' && metadata.status === 'disabled';
    const written = await this.clients.replace(row, columnsOf(metadata), { revokeTokens: deactivated, restoredFrom });
    if (written === undefined) return { outcome: 'stale' };
    if (deactivated) await this.events.publish('client.deactivated', { clientId: row.clientId });
    const client = clientFrom(written);
    await this.secrets.forgetUnlessNeeded(client);
    return { outcome: 'updated', client };
  }
}

function secretProblems(input: ClientMetadataInput, { clientSecret }: RegistrationOptions): MetadataProblem[] {
  const detail = clientSecret === undefined ? undefined : signingSecretProblem(completeMetadata(input), clientSecret);
  return detail === undefined ? [] : [{ pointer: '#/client_secret', detail, error: 'invalid_client_metadata' }];
}
