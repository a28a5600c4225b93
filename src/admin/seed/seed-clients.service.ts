import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { ClientReferences } from '../rest/client-references.service.js';
import { clientChanges, clientInput } from '../rest/dto/client.dto.js';
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
  ) {}

  async apply({ client_id: clientId, client_secret: secret, ...message }: SeedClient): Promise<FieldProblem[]> {
    const present = await this.clients.find(clientId);
    const problems = [
      ...(await this.references.problems(clientInput(message), present)),
      ...(await this.references.idProblems(clientId)),
      ...this.secrets.problems(secret),
    ];
    const result =
      present === undefined
        ? await this.clients.register(clientInput(message), { clientId, clientSecret: secret })
        : await this.clients.update(clientId, clientChanges(message, []));
    const applied = result.outcome === 'registered' || result.outcome === 'updated' ? result.client : undefined;
    return [
      ...problems,
      ...problemsOf(result, '#/client_id'),
      ...(applied === undefined || secret === undefined ? [] : await this.secrets.choose(applied, secret)),
    ];
  }
}
