import { Injectable } from '@nestjs/common';
import { ClaimMappings, type ClaimMapping, type ClaimMappingInput } from '#claims/index.js';
import { ClientsService } from '#clients/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { AttributesService } from '#users/index.js';
import { ClaimMappingRecords } from '../rest/claim-mapping-records.service.js';
import { mappingInput, mappingMemberProblems } from '../rest/dto/claim-mapping.dto.js';
import { attributeDeclaration, FIXED_ATTRIBUTE_MEMBERS, translationProblems } from '../rest/dto/user-attribute.dto.js';
import { problemsOf } from './seed-problems.js';
import type { SeedClaimMapping, SeedUserAttribute } from './seed.dto.js';

const { kept: KEPT } = FIXED_ATTRIBUTE_MEMBERS;

/** Applies the declared attributes of a seed, and what is mapped to claims: what is there is changed, what is not is made. */
@Injectable()
export class SeedUserAttributes {
  constructor(
    private readonly attributes: AttributesService,
    private readonly clients: ClientsService,
    private readonly mappings: ClaimMappings,
    private readonly records: ClaimMappingRecords,
  ) {}

  async apply(message: SeedUserAttribute): Promise<FieldProblem[]> {
    const declaration = attributeDeclaration(message);
    const faults = translationProblems(message);
    if (faults.length > 0) return [...faults];
    const present = await this.attributes.find(declaration.name);
    if (present === undefined) return problemsOf(await this.attributes.create(declaration), '#/name');
    const moved = KEPT.filter((name) => Reflect.get(present, name) !== Reflect.get(declaration, name));
    if (moved.length > 0) return moved.map((name) => ({ pointer: `#/${name}`, detail: 'cannot be changed' }));
    return problemsOf(await this.attributes.update(declaration.name, declaration), '#');
  }

  /** A mapping is known by its client, scope and claim, so none needs an id. */
  async mapping({ client_id: clientId, ...message }: SeedClaimMapping): Promise<FieldProblem[]> {
    if (clientId !== undefined && (await this.clients.find(clientId)) === undefined) {
      return [{ pointer: '#/client_id', detail: 'is not the id of a client' }];
    }
    const input = mappingInput(message, clientId === undefined ? {} : { clientId });
    const problems = [...mappingMemberProblems(message), ...(await this.records.problems(input))];
    if (problems.length > 0) return problems;
    const present = (await this.mappings.known()).find((mapping) => isSame(mapping, input));
    if (present === undefined) return problemsOf(await this.records.create(input), '#/claim');
    return problemsOf(await this.records.replace(present.id, input), '#');
  }
}

function isSame(mapping: ClaimMapping, { claim, scope, clientId }: ClaimMappingInput): boolean {
  return mapping.claim === claim && mapping.scope === scope && mapping.clientId === clientId;
}
