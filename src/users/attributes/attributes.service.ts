import { Injectable } from '@nestjs/common';
import { isUniqueViolation, Transactions, type Page, type PageRequest } from '#platform/database/index.js';
import type { UserProblem } from '../claim-rules.js';
import type { Attribute, AttributeDeclaration } from './attribute.js';
import { declarationProblems } from './attribute-rules.js';
import { AttributesRepository } from './attributes.repository.js';

/** What became of the wish to declare an attribute. */
export type AttributeCreation =
  | { readonly outcome: 'created'; readonly attribute: Attribute }
  | { readonly outcome: 'invalid'; readonly problems: readonly UserProblem[] }
  | { readonly outcome: 'taken' };

/** What became of the wish to change one; `stale` when it was changed since it was read. */
export type AttributeUpdate =
  | { readonly outcome: 'updated'; readonly attribute: Attribute }
  | { readonly outcome: 'invalid'; readonly problems: readonly UserProblem[] }
  | { readonly outcome: 'unknown' | 'stale' };

/** What stays as it was first declared, as the values there are depend on it. */
type Fixed = 'name' | 'type' | 'list' | 'unique';

const MOST_ATTRIBUTES = 100;

/** The attributes of users that administrators declare. */
@Injectable()
export class AttributesService {
  constructor(
    private readonly attributes: AttributesRepository,
    private readonly transactions: Transactions,
  ) {}

  find(name: string): Promise<Attribute | undefined> {
    return this.attributes.findByName(name);
  }

  /** All of them, by name, as every process knows them within a second of a change. */
  known(): Promise<readonly Attribute[]> {
    return this.attributes.known();
  }

  list(request: PageRequest): Promise<Page<Attribute>> {
    return this.attributes.list(request);
  }

  /** Says what would be refused, whether the name is free aside. */
  problems(declaration: AttributeDeclaration): UserProblem[] {
    return declarationProblems(declaration);
  }

  async create(declaration: AttributeDeclaration): Promise<AttributeCreation> {
    const problems = declarationProblems(declaration);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    try {
      return await this.transactions.run(() => this.insert(declaration));
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'taken' };
      throw error;
    }
  }

  /** Changes an attribute; with `readAt` (the `updatedAt` of what was read) only if nobody changed it since. */
  update(name: string, changes: Omit<AttributeDeclaration, Fixed>, readAt?: Date): Promise<AttributeUpdate> {
    return this.transactions.run(async () => {
      const attribute = await this.attributes.findByName(name);
      if (attribute === undefined) return { outcome: 'unknown' };
      if (readAt !== undefined && readAt.getTime() !== attribute.updatedAt.getTime()) return { outcome: 'stale' };
      const { type, list, unique } = attribute;
      const declaration = { ...changes, name, type, list, unique };
      const problems = declarationProblems(declaration);
      if (problems.length > 0) return { outcome: 'invalid', problems };
      const written = await this.attributes.replace(attribute, declaration);
      return written === undefined ? { outcome: 'stale' } : { outcome: 'updated', attribute: written };
    });
  }

  /** Removes an attribute and every value of it; false when there is none. */
  delete(name: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const attribute = await this.attributes.findByName(name);
      return attribute !== undefined && this.attributes.remove(attribute.id);
    });
  }

  private async insert(declaration: AttributeDeclaration): Promise<AttributeCreation> {
    if ((await this.attributes.findByName(declaration.name)) !== undefined) return { outcome: 'taken' };
    if ((await this.attributes.count()) >= MOST_ATTRIBUTES) {
      const detail = `is one too many: there can be ${MOST_ATTRIBUTES}`;
      return { outcome: 'invalid', problems: [{ pointer: '#/name', detail }] };
    }
    return { outcome: 'created', attribute: await this.attributes.add(declaration) };
  }
}
