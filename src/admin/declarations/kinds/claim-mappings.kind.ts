import { Injectable } from '@nestjs/common';
import { ClaimMappings } from '#claims/index.js';
import { ClientsService } from '#clients/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { ClaimMappingRecords } from '../../rest/claim-mapping-records.service.js';
import {
  FIXED_MAPPING_MEMBERS,
  mappingAnswer,
  mappingInput,
  mappingMemberProblems,
} from '../../rest/dto/claim-mapping.dto.js';
import { problemsOf } from '../../seed/seed-problems.js';
import {
  decidedMembers,
  written,
  type DeclaredKind,
  type PresentRecord,
  type ToWrite,
  type Written,
} from '../declared-kind.js';
import { DeclaredClaimMapping } from '../declared.dto.js';

/** What scopes release beside the standard claims, to everybody or to one client; known by client, scope and claim. */
@Injectable()
export class ClaimMappingsKind implements DeclaredKind<DeclaredClaimMapping> {
  readonly folder = 'claim_mappings';
  readonly type = DeclaredClaimMapping;
  readonly names = ['claim', 'scope', 'client_id', 'source'];

  constructor(
    private readonly mappings: ClaimMappings,
    private readonly records: ClaimMappingRecords,
    private readonly clients: ClientsService,
  ) {}

  nameOf({ client_id: clientId, scope = 'openid', claim }: DeclaredClaimMapping): string {
    return [...(clientId === undefined ? [] : [clientId]), scope, claim].join(' ');
  }

  async present(): Promise<PresentRecord[]> {
    const all = await this.mappings.all();
    return all.map((mapping) => {
      const { id, clientId, updatedAt } = mapping;
      const decided = decidedMembers(mappingAnswer(mapping), FIXED_MAPPING_MEMBERS.fixed);
      const document = { ...decided, ...(clientId !== null && { client_id: clientId }) };
      return { name: this.nameOf({ ...mapping, ...document } as never), id, document, updatedAt };
    });
  }

  async write({ message, present }: ToWrite<DeclaredClaimMapping>): Promise<Written> {
    const { client_id: clientId, ...mapping } = message;
    if (clientId !== undefined && (await this.clients.find(clientId)) === undefined) {
      return written([{ pointer: '#/client_id', detail: 'is not the id of a client' }]);
    }
    const input = mappingInput(mapping, clientId === undefined ? {} : { clientId });
    const problems = [...mappingMemberProblems(mapping), ...(await this.records.problems(input))];
    if (problems.length > 0) return written(problems);
    if (present === undefined) return written(problemsOf(await this.records.create(input), '#/claim'));
    return written(problemsOf(await this.records.replace(present.id, input, present.updatedAt), '#'));
  }

  async remove({ id }: PresentRecord): Promise<FieldProblem[]> {
    await this.mappings.delete(id);
    return [];
  }
}
