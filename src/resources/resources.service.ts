import { Injectable } from '@nestjs/common';
import { Cache, Changes } from '#platform/cache/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Random } from '#platform/crypto/index.js';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { adminResource } from './admin-resource.js';
import { pageWithBuiltIns } from './built-in-page.js';
import { resourceProblems, type ResourceProblem } from './resource-rules.js';
import type { ResourceRow } from './resource.entity.js';
import type { Resource } from './resource.js';
import { ResourcesRepository, type ResourceColumns } from './resources.repository.js';

/** What is given when a resource is made; whatever is missing gets its default. */
export interface ResourceInput {
  readonly identifier: string;
  readonly name: string;
  readonly accessTokenFormat?: Resource['accessTokenFormat'] | undefined;
  readonly accessTokenLifetime?: number | undefined;
  readonly introspectionClients?: readonly string[] | undefined;
}

/** Changes to a resource: a member that is there replaces, null brings the default back, what is missing stays. */
export type ResourceChanges = { readonly [K in Exclude<keyof ResourceInput, 'identifier'>]?: ResourceInput[K] | null };

/** What became of the wish to make a resource. */
export type ResourceCreation =
  | { readonly outcome: 'created'; readonly resource: Resource }
  | { readonly outcome: 'invalid'; readonly problems: readonly ResourceProblem[] }
  | { readonly outcome: 'taken' };

/** What became of the wish to change a resource; `fixed` for the one that is built in. */
export type ResourceUpdate =
  | { readonly outcome: 'updated'; readonly resource: Resource }
  | { readonly outcome: 'invalid'; readonly problems: readonly ResourceProblem[] }
  | { readonly outcome: 'unknown' | 'stale' | 'fixed' };

/** The protected APIs that access tokens are made for, this service's own admin API first. */
@Injectable()
export class ResourcesService {
  readonly #builtIn: Resource;
  readonly #known: Cache<Resource>;

  constructor(
    private readonly resources: ResourcesRepository,
    private readonly transactions: Transactions,
    private readonly random: Random,
    changes: Changes,
    issuer: IssuerSettings,
  ) {
    this.#known = new Cache(changes, 'resources');
    this.#builtIn = adminResource(issuer);
  }

  async find(id: string): Promise<Resource | undefined> {
    if (id === this.#builtIn.id) return this.#builtIn;
    const row = await this.resources.find(id);
    return row && resourceFrom(row);
  }

  /** The resource that a `resource` parameter or an `aud` claim names (RFC 8707 §2). */
  async findByIdentifier(identifier: string): Promise<Resource | undefined> {
    if (identifier === this.#builtIn.identifier) return this.#builtIn;
    const row = await this.resources.findByIdentifier(identifier);
    return row && resourceFrom(row);
  }

  /** The same as every process knows it within a second of a change: for what happens with each request. */
  async knownByIdentifier(identifier: string): Promise<Resource | undefined> {
    if (identifier === this.#builtIn.identifier) return this.#builtIn;
    return this.#known.get(identifier, () => this.findByIdentifier(identifier));
  }

  /** One page of all resources, the built-in one first, then oldest first. */
  list(request: PageRequest): Promise<Page<Resource>> {
    return pageWithBuiltIns(
      [this.#builtIn],
      ({ id }) => id,
      request,
      async (next) => {
        const page = await this.resources.list(next);
        return { ...page, items: page.items.map(resourceFrom) };
      },
    );
  }

  /** Says what would be refused, whether the identifier is free aside. */
  problems(input: ResourceInput, id?: string): ResourceProblem[] {
    return resourceProblems({ ...input, id });
  }

  async create(input: ResourceInput, options: { id?: string | undefined } = {}): Promise<ResourceCreation> {
    const problems = this.problems(input, options.id);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    try {
      return await this.transactions.run(() => this.insert(input, options.id ?? this.random.id()));
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken' };
      throw error;
    }
  }

  /** Changes a resource; with `readAt` (the `updatedAt` of what was read) only if nobody changed it since. */
  update(id: string, changes: ResourceChanges, readAt?: Date): Promise<ResourceUpdate> {
    return this.transactions.run(async () => {
      if (id === this.#builtIn.id) return { outcome: 'fixed' };
      const row = await this.resources.find(id);
      if (row === undefined) return { outcome: 'unknown' };
      if (readAt !== undefined && readAt.getTime() !== row.updatedAt.getTime()) return { outcome: 'stale' };
      return this.replace(row, changes);
    });
  }

  /** Removes a resource and its scopes; `fixed` for the one that is built in. */
  async delete(id: string): Promise<'deleted' | 'unknown' | 'fixed'> {
    if (id === this.#builtIn.id) return 'fixed';
    return (await this.transactions.run(() => this.resources.remove(id))) ? 'deleted' : 'unknown';
  }

  private async insert(input: ResourceInput, id: string): Promise<ResourceCreation> {
    const known = (await this.find(id)) ?? (await this.findByIdentifier(input.identifier));
    if (known !== undefined) return { outcome: 'taken' };
    return {
      outcome: 'created',
      resource: resourceFrom(await this.resources.add(id, input.identifier, columns(input))),
    };
  }

  private async replace(row: ResourceRow, changes: ResourceChanges): Promise<ResourceUpdate> {
    const input = { ...inputFrom(row), ...withoutNulls(changes) };
    const problems = resourceProblems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const written = await this.resources.replace(row, columns(input));
    return written === undefined ? { outcome: 'stale' } : { outcome: 'updated', resource: resourceFrom(written) };
  }
}

function columns(input: ResourceInput): ResourceColumns {
  return {
    name: input.name,
    accessTokenFormat: input.accessTokenFormat ?? 'jwt',
    accessTokenLifetime: input.accessTokenLifetime ?? null,
    introspectionClients: [...new Set(input.introspectionClients)],
  };
}

function inputFrom({ accessTokenLifetime, ...row }: ResourceRow): ResourceInput {
  return { ...row, accessTokenLifetime: accessTokenLifetime ?? undefined };
}

function withoutNulls(changes: ResourceChanges): Partial<ResourceInput> {
  const { name, ...rest } = changes;
  const cleared = Object.entries(rest).map(([member, value]) => [member, value ?? undefined]);
  // A name has no default: null leaves it empty, which the rules refuse.
  return {
    ...(Object.fromEntries(cleared) as Partial<ResourceInput>),
    ...(name === undefined ? {} : { name: name ?? '' }),
  };
}

function resourceFrom({ accessTokenLifetime, ...row }: ResourceRow): Resource {
  return { ...row, ...(accessTokenLifetime === null ? {} : { accessTokenLifetime }), builtIn: false };
}
