import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Cache, Changes } from '#platform/cache/index.js';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import type { ClaimMapping, ClaimMappingInput, ClaimSource } from './claim-mapping.js';
import { ClaimMappingEntity, type ClaimMappingRow } from './claim-mapping.entity.js';

/** The records that a mapping rests on and goes with. */
export interface ClaimMappingRoots {
  /** The scope, where it is one of the company's own. */
  readonly ownScope: string | null;
  readonly attributeId: string | null;
}

/** The rows of `claim_mapping`, also in memory: few, and read with each token. */
@Injectable()
export class ClaimMappingsRepository extends EntityRepository<ClaimMappingEntity> {
  readonly #known: Cache<readonly ClaimMapping[]>;

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly changes: Changes,
  ) {
    super(database, ClaimMappingEntity);
    this.#known = new Cache(changes, 'claims', 1);
  }

  /** All mappings, as they were at most a moment ago. */
  async known(): Promise<readonly ClaimMapping[]> {
    return (await this.#known.get('all', () => this.all())) ?? [];
  }

  /** All mappings, as they are now. */
  async all(): Promise<readonly ClaimMapping[]> {
    return (await this.rows.find({ order: { claim: 'ASC', id: 'ASC' } })).map(mappingFrom);
  }

  async find(id: string): Promise<ClaimMapping | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? mappingFrom(row) : undefined;
  }

  /** One page of the mappings of a client, or of those of a scope for every client. */
  async list(of: { clientId: string } | { scope: string }, request: PageRequest): Promise<Page<ClaimMapping>> {
    const which = 'clientId' in of ? of : { scope: of.scope, clientId: IsNull() };
    const page = await this.page(request, { where: (query) => query.andWhere(which) });
    return { ...page, items: page.items.map(mappingFrom) };
  }

  async add(input: ClaimMappingInput, roots: ClaimMappingRoots): Promise<ClaimMapping> {
    const now = this.clock.now();
    const row = {
      id: this.random.id(),
      ...input,
      ...roots,
      targetKey: targetKey(input),
      createdAt: now,
      updatedAt: now,
    };
    await this.rows.insert(row);
    await this.changes.note('claims');
    return mappingFrom(row);
  }

  /** Writes a mapping that changed, if nobody did since it was read; undefined when somebody did. */
  async replace(
    read: ClaimMapping,
    input: ClaimMappingInput,
    roots: ClaimMappingRoots,
  ): Promise<ClaimMapping | undefined> {
    if (isDeepStrictEqual({ ...read, ...input }, read)) return read;
    const now = this.clock.now();
    const updatedAt = now > read.updatedAt ? now : new Date(read.updatedAt.getTime() + 1);
    const columns = { ...input, ...roots, targetKey: targetKey(input), updatedAt };
    const { affected } = await this.rows.update({ id: read.id, updatedAt: read.updatedAt }, columns);
    if (affected !== 1) return undefined;
    await this.changes.note('claims');
    return { ...read, ...input, updatedAt };
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    if (affected === 1) await this.changes.note('claims');
    return affected === 1;
  }

  count(): Promise<number> {
    return this.rows.count();
  }
}

function targetKey({ clientId, scope, claim }: ClaimMappingInput): string {
  return sha256(JSON.stringify([clientId, scope, claim]));
}

function mappingFrom(row: ClaimMappingRow): ClaimMapping {
  const { id, claim, scope, clientId, source, includeIn, createdAt, updatedAt } = row;
  return { id, claim, scope, clientId, source: source as ClaimSource, includeIn, createdAt, updatedAt };
}
