import { Injectable } from '@nestjs/common';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import type { ClaimMapping, ClaimMappingInput } from './claim-mapping.js';
import { claimMappingProblems, type ClaimMappingProblem } from './claim-mapping-rules.js';
import { ClaimMappingsRepository, type ClaimMappingRoots } from './claim-mappings.repository.js';

/** What became of the wish to map a claim. */
export type ClaimMappingCreation =
  | { readonly outcome: 'created'; readonly mapping: ClaimMapping }
  | { readonly outcome: 'invalid'; readonly problems: readonly ClaimMappingProblem[] }
  | { readonly outcome: 'taken' };

/** What became of the wish to change a mapping; `stale` when it was changed since it was read. */
export type ClaimMappingUpdate =
  | { readonly outcome: 'updated'; readonly mapping: ClaimMapping }
  | { readonly outcome: 'invalid'; readonly problems: readonly ClaimMappingProblem[] }
  | { readonly outcome: 'unknown' | 'stale' | 'taken' };

const MOST_MAPPINGS = 500;

/** The claims that scopes release beside the standard ones. */
@Injectable()
export class ClaimMappings {
  constructor(
    private readonly mappings: ClaimMappingsRepository,
    private readonly transactions: Transactions,
  ) {}

  /** All of them, as every process knows them within a second of a change. */
  known(): Promise<readonly ClaimMapping[]> {
    return this.mappings.known();
  }

  /** All of them as the database has them now. */
  all(): Promise<readonly ClaimMapping[]> {
    return this.mappings.all();
  }

  find(id: string): Promise<ClaimMapping | undefined> {
    return this.mappings.find(id);
  }

  /** One page of the mappings of a client, or of those of a scope for every client, oldest first. */
  list(of: { clientId: string } | { scope: string }, request: PageRequest): Promise<Page<ClaimMapping>> {
    return this.mappings.list(of, request);
  }

  /** Says what would be refused. */
  problems(input: ClaimMappingInput): ClaimMappingProblem[] {
    return claimMappingProblems(input);
  }

  async create(input: ClaimMappingInput, roots: ClaimMappingRoots): Promise<ClaimMappingCreation> {
    const problems = claimMappingProblems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    return this.unlessTaken(() => this.insert(input, roots));
  }

  /** Changes a mapping; with `readAt` (the `updatedAt` of what was read) only if nobody changed it since. */
  async update(
    id: string,
    input: ClaimMappingInput,
    roots: ClaimMappingRoots,
    readAt?: Date,
  ): Promise<ClaimMappingUpdate> {
    const problems = claimMappingProblems(input);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    return this.unlessTaken(async () => {
      const mapping = await this.mappings.find(id);
      if (mapping === undefined) return { outcome: 'unknown' };
      if (readAt !== undefined && readAt.getTime() !== mapping.updatedAt.getTime()) return { outcome: 'stale' };
      const written = await this.mappings.replace(mapping, input, roots);
      return written === undefined ? { outcome: 'stale' } : { outcome: 'updated', mapping: written };
    });
  }

  /** Removes a mapping; false when there is none. */
  delete(id: string): Promise<boolean> {
    return this.transactions.run(() => this.mappings.remove(id));
  }

  private async insert(input: ClaimMappingInput, roots: ClaimMappingRoots): Promise<ClaimMappingCreation> {
    if ((await this.mappings.count()) >= MOST_MAPPINGS) {
      const detail = `is one too many: there can be ${MOST_MAPPINGS} mappings`;
      return { outcome: 'invalid', problems: [{ pointer: '#/claim', detail }] };
    }
    return { outcome: 'created', mapping: await this.mappings.add(input, roots) };
  }

  private async unlessTaken<T>(work: () => Promise<T>): Promise<T | { readonly outcome: 'taken' }> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken' };
      throw error;
    }
  }
}
