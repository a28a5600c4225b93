import { Injectable } from '@nestjs/common';
import { ClaimMappings, type ClaimMapping, type ClaimMappingInput } from '#claims/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { ScopesService } from '#resources/index.js';
import { AttributesService, GroupsService } from '#users/index.js';
import { checkMessage, refuseFaults } from './checked-message.js';
import {
  mappingInput,
  mappingMemberProblems,
  type ClaimMappingAnswer,
  type NewClientClaimMapping,
} from './dto/claim-mapping.dto.js';
import type { MessageClass, Plain } from './member.decorators.js';
import { found, patched, refusal, unlessStale, type FixedMembers } from './outcomes.js';
import { mappingAnswer } from './dto/claim-mapping.dto.js';

type Message = Plain<NewClientClaimMapping>;

/** Whose mappings an address is about: those of a scope for every client, or those of one client. */
export type MappingTarget =
  { readonly scope: string; readonly clientId?: never } | { readonly clientId: string; readonly scope?: never };

/** Mappings of claims together with the records that they refer to. */
@Injectable()
export class ClaimMappingRecords {
  constructor(
    private readonly mappings: ClaimMappings,
    private readonly scopes: ScopesService,
    private readonly groups: GroupsService,
    private readonly attributes: AttributesService,
  ) {}

  /** Makes a mapping from a body, or refuses it. */
  async add(type: MessageClass<Message>, body: unknown, target: MappingTarget): Promise<ClaimMapping> {
    const { message, problems } = checkMessage(type, body);
    const input = mappingInput(message, target);
    refuseFaults(problems, [...mappingMemberProblems(message), ...(await this.problems(input))]);
    const result = await this.create(input);
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/claim' });
    if (result.outcome !== 'created') throw refusal(result);
    return result.mapping;
  }

  /** The mapping of an address; what is another's is not there. */
  async read(id: string, target: MappingTarget): Promise<ClaimMapping> {
    const mapping = await this.mappings.find(id);
    return found(mapping !== undefined && isOf(mapping, target) ? mapping : undefined);
  }

  /** Changes the mapping of an address by a merge patch, or refuses it. */
  async change(
    id: string,
    patch: unknown,
    { type, fixed, target }: { type: MessageClass<Message>; fixed: FixedMembers; target: MappingTarget },
  ): Promise<Plain<ClaimMappingAnswer>> {
    const result = await unlessStale(async () => {
      const mapping = await this.read(id, target);
      const { message, problems } = patched(type, mappingAnswer(mapping), patch, fixed);
      const input = mappingInput(message, target);
      refuseFaults(problems, [...mappingMemberProblems(message), ...(await this.problems(input))]);
      return this.mappings.update(id, input, await this.rootsOf(input), mapping.updatedAt);
    });
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/claim' });
    if (result.outcome !== 'updated') throw refusal(result);
    return mappingAnswer(result.mapping);
  }

  async delete(id: string, target: MappingTarget): Promise<void> {
    await this.read(id, target);
    await this.mappings.delete(id);
  }

  /** Says what would be refused: the rules of mappings, and references that lead nowhere. */
  async problems(input: ClaimMappingInput): Promise<FieldProblem[]> {
    return [...this.mappings.problems(input), ...(await this.references(input))];
  }

  /** Makes a mapping in which no problem was found. */
  async create(input: ClaimMappingInput) {
    return this.mappings.create(input, await this.rootsOf(input));
  }

  /** Changes a mapping to one in which no problem was found. */
  async replace(id: string, input: ClaimMappingInput, readAt?: Date) {
    return this.mappings.update(id, input, await this.rootsOf(input), readAt);
  }

  private async references({ scope, source }: ClaimMappingInput): Promise<FieldProblem[]> {
    const problems: FieldProblem[] = [];
    if ((await this.scopes.find([scope])).length === 0) {
      problems.push({ pointer: '#/scope', detail: 'is not the name of a scope' });
    }
    if (source.kind === 'attribute' && source.attribute !== '' && !(await this.attributes.find(source.attribute))) {
      problems.push({ pointer: '#/attribute', detail: 'is not a declared attribute' });
    }
    const isGroup = source.kind === 'group' && source.group !== '';
    if (isGroup && (await this.groups.findByName(source.group))?.name !== source.group) {
      problems.push({ pointer: '#/group', detail: 'is not the name of a group' });
    }
    return problems;
  }

  private async rootsOf({ scope, source }: ClaimMappingInput) {
    const [known] = await this.scopes.find([scope]);
    const attribute = source.kind === 'attribute' ? await this.attributes.find(source.attribute) : undefined;
    return { ownScope: known?.builtIn === false ? scope : null, attributeId: attribute?.id ?? null };
  }
}

function isOf(mapping: ClaimMapping, target: MappingTarget): boolean {
  if (target.clientId !== undefined) return mapping.clientId === target.clientId;
  return mapping.clientId === null && mapping.scope === target.scope;
}
