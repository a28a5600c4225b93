import { Injectable } from '@nestjs/common';
import {
  ClientsService,
  FirstPartyNames,
  SectorIdentifiers,
  type Client,
  type ClientMetadataChanges,
  type ClientMetadataInput,
  type MetadataProblem,
} from '#clients/index.js';
import { RegistrationSettings } from '#platform/config/index.js';
import { NAME_TAKEN, policyProblems, replacement, withDefaults } from './registration-policy.js';

/** Says all that speaks against what a client wants to register, or to make of its record (RFC 7591 §5). */
@Injectable()
export class RegistrationJudge {
  constructor(
    private readonly clients: ClientsService,
    private readonly names: FirstPartyNames,
    private readonly sectors: SectorIdentifiers,
    private readonly settings: RegistrationSettings,
  ) {}

  /** The record of a new client with its defaults. */
  completed(input: ClientMetadataInput): ClientMetadataInput {
    return withDefaults(input, this.settings);
  }

  /** The changes that replacing a client's record makes (RFC 7592 §2.2). */
  replacement(input: ClientMetadataInput, present: Client): ClientMetadataChanges {
    return replacement(input, this.settings, present);
  }

  /** What the policy, the company's names and, for what is right otherwise, the sector say. */
  async problems(input: ClientMetadataInput, present?: Client): Promise<MetadataProblem[]> {
    const problems = [...policyProblems(input, this.settings, present), ...(await this.nameProblems(input, present))];
    if (problems.length > 0) return problems;
    const faults = present === undefined ? this.clients.problems(this.completed(input)) : [];
    return faults.length > 0 ? faults : this.sectors.problems(input, present);
  }

  private async nameProblems({ clientName }: ClientMetadataInput, present?: Client): Promise<MetadataProblem[]> {
    const isNew = clientName !== undefined && clientName !== present?.clientName;
    const taken = isNew && present?.firstParty !== true && (await this.names.resembles(clientName));
    return taken ? [NAME_TAKEN] : [];
  }
}
