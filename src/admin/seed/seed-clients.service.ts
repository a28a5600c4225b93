import { Injectable } from '@nestjs/common';
import { ClientSecretsService, ClientsService, signingSecretProblem, usesSecret, type Client } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { ClientReferences } from '../rest/client-references.service.js';
import { clientChanges, clientInput } from '../rest/dto/client.dto.js';
import { problemsOf } from './seed-problems.js';
import type { SeedClient } from './seed.dto.js';

const SHORTEST_SECRET = 32;
const SECRET = /^[\x21-\x7E]{1,255}$/;

/** Applies the clients of a seed: those that are there are changed, the others are registered. */
@Injectable()
export class SeedClients {
  constructor(
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly references: ClientReferences,
    private readonly issuer: IssuerSettings,
  ) {}

  async apply({ client_id: clientId, client_secret: secret, ...message }: SeedClient): Promise<FieldProblem[]> {
    const present = await this.clients.find(clientId);
    const problems = [
      ...(await this.references.problems(clientInput(message), present)),
      ...(await this.references.idProblems(clientId)),
      ...this.secretProblems(secret),
    ];
    const result =
      present === undefined
        ? await this.clients.register(clientInput(message), { clientId, clientSecret: secret })
        : await this.clients.update(clientId, clientChanges(message, []));
    const applied = result.outcome === 'registered' || result.outcome === 'updated' ? result.client : undefined;
    return [
      ...problems,
      ...problemsOf(result, '#/client_id'),
      ...(applied === undefined || secret === undefined ? [] : await this.choose(applied, secret)),
    ];
  }

  private async choose(client: Client, secret: string): Promise<FieldProblem[]> {
    if (!usesSecret(client)) {
      return [{ pointer: '#/client_secret', detail: `has no use with ${client.tokenEndpointAuthMethod}` }];
    }
    const problem = signingSecretProblem(client, secret);
    if (problem !== undefined) return [{ pointer: '#/client_secret', detail: problem }];
    await this.secrets.choose(client.clientId, secret);
    return [];
  }

  // A secret that a person chose must be long enough to be kept as a plain digest.
  private secretProblems(secret: string | undefined): FieldProblem[] {
    if (secret === undefined) return [];
    if (!SECRET.test(secret)) {
      return [{ pointer: '#/client_secret', detail: 'must be 1 to 255 printable ASCII characters without spaces' }];
    }
    if (this.issuer.kind !== 'production' || secret.length >= SHORTEST_SECRET) return [];
    const detail = `must have at least ${SHORTEST_SECRET} characters on a production issuer`;
    return [{ pointer: '#/client_secret', detail }];
  }
}
