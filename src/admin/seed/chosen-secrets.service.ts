import { Injectable } from '@nestjs/common';
import { ClientSecretsService, signingSecretProblem, usesSecret, type Client } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { FieldProblem } from '#platform/http/index.js';

const SHORTEST_SECRET = 32;
const SECRET = /^[\x21-\x7E]{1,255}$/;

/** Secrets of clients that a person chose and wrote down, in a seed or where a declared record says. */
@Injectable()
export class ChosenSecrets {
  constructor(
    private readonly secrets: ClientSecretsService,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Says what is wrong with the secret alone: one that a person chose must be long enough to be kept as a plain digest. */
  problems(secret: string | undefined): FieldProblem[] {
    if (secret === undefined) return [];
    if (!SECRET.test(secret)) {
      return [{ pointer: '#/client_secret', detail: 'must be 1 to 255 printable ASCII characters without spaces' }];
    }
    if (this.issuer.kind !== 'production' || secret.length >= SHORTEST_SECRET) return [];
    const detail = `must have at least ${SHORTEST_SECRET} characters on a production issuer`;
    return [{ pointer: '#/client_secret', detail }];
  }

  /** Makes it the only chosen secret of the client, or says why not. */
  async choose(client: Client, secret: string): Promise<FieldProblem[]> {
    const problems = this.unfit(client, secret);
    if (problems.length === 0) await this.secrets.choose(client.clientId, secret);
    return problems;
  }

  private unfit(client: Client, secret: string): FieldProblem[] {
    if (!usesSecret(client)) {
      return [{ pointer: '#/client_secret', detail: `has no use with ${client.tokenEndpointAuthMethod}` }];
    }
    const problem = signingSecretProblem(client, secret);
    return problem === undefined ? [] : [{ pointer: '#/client_secret', detail: problem }];
  }
}
