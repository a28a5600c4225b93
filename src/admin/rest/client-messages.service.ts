import { Injectable } from '@nestjs/common';
import { ClientsService, type Client, type ClientMetadataInput } from '#clients/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { ClientReferences } from './client-references.service.js';
import { ClientTemplates, templatedProblems } from './client-templates.service.js';
import type { TemplatedClient } from './dto/client.dto.js';
import type { Plain } from './member.decorators.js';

/** What a message means, and all that is wrong with it. */
export interface ReadClient {
  readonly input: ClientMetadataInput;
  readonly problems: readonly FieldProblem[];
}

/** Reads messages about clients: what their templates add, what their rules refuse, what they refer to that is not there. */
@Injectable()
export class ClientMessages {
  constructor(
    private readonly clients: ClientsService,
    private readonly references: ClientReferences,
    private readonly templates: ClientTemplates,
  ) {}

  /** What a client would be that a message registers. */
  async registered(message: Plain<TemplatedClient>, clientId: string | undefined): Promise<ReadClient> {
    const applied = this.templates.applied(message);
    const { input } = applied;
    const others = [
      ...this.clients.problems(input, clientId),
      ...(await this.references.problems(input)),
      ...(await this.references.idProblems(clientId)),
    ];
    return { input, problems: templatedProblems(applied, others) };
  }

  /** What is wrong with a client as a message would change it. */
  async changeProblems(input: ClientMetadataInput, present: Client): Promise<FieldProblem[]> {
    return [...this.clients.problems(input), ...(await this.references.problems(input, present))];
  }
}
