import { Injectable } from '@nestjs/common';
import { ClientsService, type ClientMetadataChanges, type ClientMetadataInput } from '#clients/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { ClientReferences } from '../rest/client-references.service.js';
import { ClientTemplates, templatedProblems } from '../rest/client-templates.service.js';
import { ChosenSecrets } from './chosen-secrets.service.js';
import { problemsOf } from './seed-problems.js';
import type { SeedClient } from './seed.dto.js';

/** Applies the clients of a seed: those that are there are changed, the others are registered. */
@Injectable()
export class SeedClients {
  constructor(
    private readonly clients: ClientsService,
    private readonly secrets: ChosenSecrets,
    private readonly references: ClientReferences,
    private readonly templates: ClientTemplates,
  ) {}

  async apply({ client_id: clientId, client_secret: secret, ...message }: SeedClient): Promise<FieldProblem[]> {
    const present = await this.clients.find(clientId);
    const applied = this.templates.applied(message);
    const problems = [
      ...(await this.references.problems(applied.input, present)),
      ...(await this.references.idProblems(clientId)),
      ...this.secrets.problems(secret),
    ];
    const result =
      present === undefined
        ? await this.clients.register(applied.input, { clientId, clientSecret: secret })
        : await this.clients.update(clientId, givenChanges(applied.input));
    const client = result.outcome === 'registered' || result.outcome === 'updated' ? result.client : undefined;
    return [
      ...templatedProblems(applied, [...problems, ...problemsOf(result, '#/client_id')]),
      ...(client === undefined || secret === undefined ? [] : await this.secrets.choose(client, secret)),
    ];
  }
}

/** What a seed says of a client that is there: what it leaves out stays. */
function givenChanges(input: ClientMetadataInput): ClientMetadataChanges {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
