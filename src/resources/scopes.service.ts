import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Cache, Changes } from '#platform/cache/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import { adminScopes } from './admin-resource.js';
import { pageWithBuiltIns } from './built-in-page.js';
import { scopeProblems, type ResourceProblem } from './resource-rules.js';
import { ResourcesRepository } from './resources.repository.js';
import type { ScopeRow } from './scope.entity.js';
import type { Scope } from './scope.js';
import { ScopesRepository, type ScopeColumns } from './scopes.repository.js';
import { FIRST_PRESENTATION, type ScopeIcon, type ScopeSensitivity, type ScopeWords } from './scope-words.js';
import { STANDARD_SCOPE_RECORDS } from './standard-scopes.js';

/** What is given when a scope is made. */
export interface ScopeInput {
  readonly name: string;
  /** The identifier of the API it belongs to; null for a scope that is not for an API. */
  readonly resourceIdentifier?: string | null | undefined;
  readonly title: string;
  readonly description?: string | undefined;
  readonly example?: string | undefined;
  readonly translations?: Readonly<Record<string, ScopeWords>> | undefined;
  readonly icon?: ScopeIcon | undefined;
  readonly sensitivity?: ScopeSensitivity | undefined;
}

/** Changes to a scope: a member that is there replaces, null clears, what is missing stays. */
export type ScopeChanges = {
  readonly [K in Exclude<keyof ScopeInput, 'name' | 'resourceIdentifier'>]?: ScopeInput[K] | null;
} & {
  /** Whether words that change say something else than before, so that users are asked again; a better wording does not. */
  readonly meaningChanged?: boolean | undefined;
};

/** What became of the wish to make a scope. */
export type ScopeCreation =
  | { readonly outcome: 'created'; readonly scope: Scope }
  | { readonly outcome: 'invalid'; readonly problems: readonly ResourceProblem[] }
  | { readonly outcome: 'taken' };

/** What became of the wish to change a scope; `fixed` for those that are built in. */
export type ScopeUpdate =
  | { readonly outcome: 'updated'; readonly scope: Scope }
  | { readonly outcome: 'invalid'; readonly problems: readonly ResourceProblem[] }
  | { readonly outcome: 'unknown' | 'stale' | 'fixed' };

const UNKNOWN_RESOURCE = { pointer: '#/resource', detail: 'is not the identifier of an API here' };

/** What clients can ask for: the standard scopes, those of the admin API, and the company's own. */
@Injectable()
export class ScopesService {
  readonly #builtIns: ReadonlyMap<string, Scope>;
  readonly #known: Cache<Scope>;

  constructor(
    private readonly scopes: ScopesRepository,
    private readonly resources: ResourcesRepository,
    private readonly transactions: Transactions,
    changes: Changes,
    issuer: IssuerSettings,
  ) {
    this.#known = new Cache(changes, 'resources');
    const builtIns = [...STANDARD_SCOPE_RECORDS, ...adminScopes(issuer)];
    this.#builtIns = new Map(builtIns.map((scope) => [scope.name, scope]));
  }

  /** Those of the names that exist, in the order asked. */
  async find(names: readonly string[]): Promise<Scope[]> {
    const own = names.filter((name) => !this.#builtIns.has(name));
    const stored = own.length === 0 ? [] : await this.scopesFrom(await this.scopes.findMany(own));
    const known = byName(stored);
    return names.flatMap((name) => this.#builtIns.get(name) ?? known.get(name) ?? []);
  }

  /** The same as every process knows them within a second of a change: for what happens with each request. */
  async known(names: readonly string[]): Promise<Scope[]> {
    const own = names.filter((name) => !this.#builtIns.has(name));
    const known = await this.#known.getMany(own, async (missing) => byName(await this.find(missing)));
    return names.flatMap((name) => this.#builtIns.get(name) ?? known.get(name) ?? []);
  }

  /** One page of all scopes, the built-in ones first, then oldest first. */
  list(request: PageRequest): Promise<Page<Scope>> {
    return pageWithBuiltIns(
      [...this.#builtIns.values()],
      ({ name }) => name,
      request,
      async (next) => {
        const page = await this.scopes.list(next);
        return { ...page, items: await this.scopesFrom(page.items) };
      },
    );
  }

  /** Says what would be refused, whether the name is free aside. */
  async problems(input: ScopeInput): Promise<ResourceProblem[]> {
    const rules = this.#builtIns.has(input.name) ? [] : scopeProblems(wordsOf(input));
    if ((await this.resourceId(input.resourceIdentifier ?? null)) !== undefined) return rules;
    return [...rules, UNKNOWN_RESOURCE];
  }

  async create(input: ScopeInput): Promise<ScopeCreation> {
    if (this.#builtIns.has(input.name)) return { outcome: 'taken' };
    const problems = await this.problems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    try {
      return await this.transactions.run(() => this.insert(input));
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken' };
      throw error;
    }
  }

  /** Changes the words of a scope; with `readAt` (the `updatedAt` of what was read) only if nobody changed it since. */
  update(name: string, changes: ScopeChanges, readAt?: Date): Promise<ScopeUpdate> {
    return this.transactions.run(async () => {
      const [scope] = await this.find([name]);
      if (scope === undefined) return { outcome: 'unknown' };
      if (scope.builtIn) return { outcome: 'fixed' };
      if (readAt !== undefined && readAt.getTime() !== scope.updatedAt.getTime()) return { outcome: 'stale' };
      return this.replace(scope, changes);
    });
  }

  async delete(name: string): Promise<'deleted' | 'unknown' | 'fixed'> {
    if (this.#builtIns.has(name)) return 'fixed';
    return (await this.transactions.run(() => this.scopes.remove(name))) ? 'deleted' : 'unknown';
  }

  private async insert(input: ScopeInput): Promise<ScopeCreation> {
    if ((await this.find([input.name])).length > 0) return { outcome: 'taken' };
    const resourceId = await this.resourceId(input.resourceIdentifier ?? null);
    if (resourceId === undefined) return { outcome: 'invalid', problems: [UNKNOWN_RESOURCE] };
    await this.scopes.add(input.name, resourceId, { ...columns(input), textVersion: null, meaningVersion: null });
    const [scope] = await this.find([input.name]);
    return scope === undefined ? { outcome: 'taken' } : { outcome: 'created', scope };
  }

  private async replace(scope: Scope, changes: ScopeChanges): Promise<ScopeUpdate> {
    const input = changed(scope, changes);
    const problems = scopeProblems(wordsOf(input));
    if (problems.length > 0) return { outcome: 'invalid', problems };
    if (isDeepStrictEqual(columns(input), columns(scope))) return { outcome: 'updated', scope };
    const next = { ...columns(input), ...versions(scope, input, changes.meaningChanged === true) };
    const written = await this.scopes.replace(scope.name, next, scope.updatedAt);
    const [updated] = written ? await this.find([scope.name]) : [];
    return updated === undefined ? { outcome: 'stale' } : { outcome: 'updated', scope: updated };
  }

  /** Null for no resource, undefined for one that nobody registered; scopes of the admin API are not for sale. */
  private async resourceId(identifier: string | null): Promise<string | null | undefined> {
    return identifier === null ? null : (await this.resources.findByIdentifier(identifier))?.id;
  }

  private async scopesFrom(rows: readonly ScopeRow[]): Promise<Scope[]> {
    const ids = [...new Set(rows.flatMap(({ resourceId }) => resourceId ?? []))];
    const resources = ids.length === 0 ? [] : await this.resources.findMany(ids);
    const identifiers = new Map(resources.map(({ id, identifier }) => [id, identifier]));
    return rows.map((row) =>
      scopeFrom(row, row.resourceId === null ? null : (identifiers.get(row.resourceId) ?? null)),
    );
  }
}

function byName(scopes: readonly Scope[]): ReadonlyMap<string, Scope> {
  return new Map(scopes.map((scope) => [scope.name, scope]));
}

function columns(input: ScopeInput): Omit<ScopeColumns, 'textVersion' | 'meaningVersion'> {
  const { title, description = '', example = null, translations = {}, icon = null, sensitivity = 'normal' } = input;
  return { title, description, example, translations, icon, sensitivity };
}

function changed(scope: Scope, { meaningChanged: _said, ...changes }: ScopeChanges): ScopeInput {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const cleared = Object.fromEntries(given.map(([member, value]) => [member, value ?? undefined]));
  // A title has no default: null leaves it empty, which the rules refuse.
  return { ...scope, ...cleared, title: changes.title === undefined ? scope.title : (changes.title ?? '') };
}

/** The versions after a change: only of words that did change. */
function versions(before: Scope, after: ScopeInput, meaningChanged: boolean) {
  const same = isDeepStrictEqual(shownWords(before), shownWords(after));
  return {
    textVersion: before.textVersion + (same ? 0 : 1),
    meaningVersion: before.meaningVersion + (same || !meaningChanged ? 0 : 1),
  };
}

function shownWords(input: ScopeInput): unknown {
  const { title, description, example, translations } = columns(input);
  return { title, description, example, translations };
}

function wordsOf({ name, title, description, example, translations }: ScopeInput) {
  const words = { name, title, description: description ?? '', translations };
  return example === undefined ? words : { ...words, example };
}

function scopeFrom(row: ScopeRow, resourceIdentifier: string | null): Scope {
  const { name, title, description, example, icon, createdAt, updatedAt } = row;
  return {
    ...FIRST_PRESENTATION,
    ...{ name, resourceIdentifier, title, description, builtIn: false, createdAt, updatedAt },
    ...(example === null ? {} : { example }),
    ...(icon === null ? {} : { icon }),
    translations: row.translations ?? {},
    sensitivity: row.sensitivity ?? 'normal',
    textVersion: row.textVersion ?? 1,
    meaningVersion: row.meaningVersion ?? 1,
  };
}
