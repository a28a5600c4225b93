import { Injectable } from '@nestjs/common';
import {
  ClientSecretsService,
  ClientsService,
  signingSecretProblem,
  usesSecret,
  type Client,
  type ClientMetadataChanges,
  type ClientMetadataInput,
} from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { ClientReferences } from '../rest/client-references.service.js';
import { ClientTemplates, templatedProblems } from '../rest/client-templates.service.js';
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
    private readonly templates: ClientTemplates,
    private readonly issuer: IssuerSettings,
  ) {}

  async apply({ client_id: clientId, client_secret: secret, ...message }: SeedClient): Promise<FieldProblem[]> {
    const present = await this.clients.find(clientId);
    const applied = this.templates.applied(message);
    const problems = [
      ...(await this.references.problems(applied.input, present)),
      ...(await this.references.idProblems(clientId)),
      ...this.secretProblems(secret),
    ];
    const result =
      present === undefined
        ? await this.clients.register(applied.input, { clientId, clientSecret: secret })
        : await this.clients.update(clientId, givenChanges(applied.input));
    const client = result.outcome === 'registered' || result.outcome === 'updated' ? result.client : undefined;
    return [
      ...templatedProblems(applied, [...problems, ...problemsOf(result, '#/client_id')]),
      ...(client === undefined || secret === undefined ? [] : await this.choose(client, secret)),
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

/** What a seed says of a client that is there: what it leaves out stays. */
function givenChanges(input: ClientMetadataInput): ClientMetadataChanges {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
