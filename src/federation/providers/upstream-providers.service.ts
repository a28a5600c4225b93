import { Injectable } from '@nestjs/common';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { EventBus } from '#platform/events/index.js';
import { GroupsService } from '#users/index.js';
import { PRESET_NAMES } from '../presets/index.js';
import { providerProblems, type ProviderProblem } from './provider-rules.js';
import { columnsOf, providerFrom } from './provider-row.js';
import { ProviderSecretsService } from './provider-secrets.service.js';
import { Surroundings } from './surroundings.js';
import type { ProviderInput, UpstreamProvider } from './upstream-provider.js';
import { UpstreamProvidersRepository } from './upstream-providers.repository.js';

/** Why a provider could not be made or changed. */
export type ProviderRefusal =
  | { readonly outcome: 'invalid'; readonly problems: readonly ProviderProblem[] }
  | { readonly outcome: 'taken'; readonly pointer: string };

/** What became of the wish to configure a provider. */
export type ProviderCreation = { readonly outcome: 'created'; readonly provider: UpstreamProvider } | ProviderRefusal;

/** What became of the wish to change a provider; `stale` when it was changed since it was read. */
export type ProviderUpdate =
  | { readonly outcome: 'updated'; readonly provider: UpstreamProvider }
  | { readonly outcome: 'unknown' | 'stale' }
  | ProviderRefusal;

const TAKEN = { outcome: 'taken', pointer: '#/slug' } as const;

/** The providers through which people sign in: configured by administrators, known to every process within a second. */
@Injectable()
export class UpstreamProvidersService {
  constructor(
    private readonly rows: UpstreamProvidersRepository,
    private readonly secrets: ProviderSecretsService,
    private readonly groups: GroupsService,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly surroundings: Surroundings,
  ) {}

  /** Those through which people can sign in now, the oldest first. */
  async active(): Promise<UpstreamProvider[]> {
    return (await this.rows.known()).filter(({ status }) => status === 'active');
  }

  /** The one with this name in our addresses, if people can sign in through it. */
  async activeBySlug(slug: string): Promise<UpstreamProvider | undefined> {
    return (await this.active()).find((provider) => provider.slug === slug);
  }

  /** All of them, active or not, by their ids. */
  async known(): Promise<ReadonlyMap<string, UpstreamProvider>> {
    return new Map((await this.rows.known()).map((provider) => [provider.id, provider]));
  }

  async find(id: string): Promise<UpstreamProvider | undefined> {
    const row = await this.rows.find(id);
    return row && providerFrom(row);
  }

  async findBySlug(slug: string): Promise<UpstreamProvider | undefined> {
    const row = await this.rows.findBySlug(slug);
    return row && providerFrom(row);
  }

  /** Tells whether a value is the secret that the provider gave. */
  hasSecret(id: string, value: string): Promise<boolean> {
    return this.secrets.has(id, value);
  }

  async list(request: PageRequest): Promise<Page<UpstreamProvider>> {
    const page = await this.rows.list(request);
    return { ...page, items: page.items.map(providerFrom) };
  }

  /** Says what would be refused, without writing anything; `id` is that of the provider that would be changed. */
  async problems(input: ProviderInput, id?: string): Promise<ProviderProblem[]> {
    if (!PRESET_NAMES.includes(input.preset)) return [{ pointer: '#/preset', detail: 'is not one that is known here' }];
    const hasSecret = id !== undefined && ((await this.rows.find(id))?.secret ?? null) !== null;
    const { plainLoopback } = this.surroundings;
    return [...providerProblems(input, { plainLoopback, hasSecret }), ...(await this.groupProblems(input))];
  }

  async create(input: ProviderInput, options: { id?: string | undefined } = {}): Promise<ProviderCreation> {
    const problems = await this.problems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const id = options.id ?? this.surroundings.newId();
    // A key takes its time; it is made before the transaction.
    const secrets = { secret: null, privateKey: null, publicKey: null, ...(await this.secrets.prepare(id, input)) };
    try {
      return await this.transactions.run(async () => {
        if ((await this.rows.findBySlug(input.slug ?? input.preset)) !== undefined) return TAKEN;
        if ((await this.rows.find(id)) !== undefined) return { outcome: 'taken', pointer: '#/id' };
        const row = await this.rows.add(id, columnsOf(input), secrets);
        await this.events.publish('identity_provider.registered', { providerId: id, slug: row.slug });
        return { outcome: 'created', provider: providerFrom(row) };
      });
    } catch (error) {
      if (isUniqueViolation(error)) return TAKEN;
      throw error;
    }
  }

  /** Puts another configuration in the place of that which was read; a secret that is not given stays. */
  async update(id: string, input: ProviderInput, readAt?: Date): Promise<ProviderUpdate> {
    const problems = await this.problems(input, id);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const before = await this.rows.find(id);
    if (before === undefined) return { outcome: 'unknown' };
    if (readAt !== undefined && readAt.getTime() !== before.updatedAt.getTime()) return { outcome: 'stale' };
    const secrets = await this.secrets.prepare(id, input, before);
    try {
      return await this.transactions.run(async () => {
        const row = await this.rows.replace(before, columnsOf(input), secrets);
        if (row === undefined) return { outcome: 'stale' };
        const changed = row.updatedAt.getTime() !== before.updatedAt.getTime();
        if (changed) await this.events.publish('identity_provider.changed', { providerId: id, slug: row.slug });
        return { outcome: 'updated', provider: providerFrom(row) };
      });
    } catch (error) {
      if (isUniqueViolation(error)) return TAKEN;
      throw error;
    }
  }

  /** Removes a provider, and with it every link to accounts there; false when there is none. */
  delete(id: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const row = await this.rows.find(id);
      if (row === undefined || !(await this.rows.remove(id))) return false;
      await this.events.publish('identity_provider.deleted', { providerId: id, slug: row.slug });
      return true;
    });
  }

  private async groupProblems({ groupsMapping = {} }: ProviderInput): Promise<ProviderProblem[]> {
    const problems: ProviderProblem[] = [];
    for (const [theirs, ours] of Object.entries(groupsMapping)) {
      if ((await this.groups.findByName(ours)) !== undefined) continue;
      const part = theirs.replaceAll('~', '~0').replaceAll('/', '~1');
      problems.push({ pointer: `#/groups_mapping/${part}`, detail: 'is not the name of a group' });
    }
    return problems;
  }
}
