import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientSecretUses, ClientsService, isPublic, type Client } from '#clients/index.js';
import { clientAddress } from '#platform/http/index.js';
import type { Decision } from '#explanations/index.js';
import { InvalidClient, InvalidRequest } from '../errors/oauth-error.js';
import type { OAuthParameters } from '../parameters/oauth-parameters.js';
import { AuthenticationMethod, type ClientProof } from './client-authentication-method.js';
import { ClientFailures } from './client-failures.js';
import { authenticationAttempt, type AuthenticationAttempt } from './presented-credentials.js';

/** Injection token of the registry of methods; metadata is derived from it. */
export const AUTHENTICATION_METHODS = Symbol('client authentication methods');

/** Establishes which client is calling, by exactly one method: its registered one (RFC 6749 §2.3). */
@Injectable()
export class ClientAuthenticator {
  constructor(
    @Inject(AUTHENTICATION_METHODS) private readonly methods: readonly AuthenticationMethod[],
    private readonly clients: ClientsService,
    private readonly failures: ClientFailures,
    private readonly secretUses: ClientSecretUses,
  ) {}

  /** The active client that proved who it is; throws `InvalidClient` alike for unknown, disabled and unproven ones. */
  async authenticate(request: FastifyRequest, parameters: OAuthParameters): Promise<Client> {
    const attempt = authenticationAttempt(request, parameters);
    const method = this.methodOf(attempt);
    const credentials = method.read(attempt);
    const named = parameters.get('client_id');
    if (named !== undefined && named !== credentials.clientId) {
      throw new InvalidRequest('client_id differs from the authenticated client', {
        description: 'client_id differs from the client that authenticates.',
        decision: seen('client.two_ids'),
      });
    }
    const address = clientAddress(request);
    await this.failures.check(credentials.clientId, address);
    try {
      const client = await this.clients.known(credentials.clientId);
      const proof = await method.verify(client, credentials);
      const shortcoming = proof === undefined ? await method.shortcoming(client, credentials) : {};
      const proven = accepted(client, method, { proof, shortcoming });
      if (proof?.secretId !== undefined) this.secretUses.note(proof.secretId);
      return proven;
    } catch (error) {
      if (error instanceof InvalidClient) await this.failures.count(credentials.clientId, address);
      throw error;
    }
  }

  /** RFC 7662 §2.1: the same for endpoints that public clients may not use. */
  async authenticateConfidential(request: FastifyRequest, parameters: OAuthParameters): Promise<Client> {
    const client = await this.authenticate(request, parameters);
    if (isPublic(client))
      throw new InvalidClient('a public client cannot authenticate', {
        decision: seen('client.public', client.clientId),
      });
    return client;
  }

  /** RFC 6749 §2.3: a request must not use more than one method. */
  private methodOf(attempt: AuthenticationAttempt): AuthenticationMethod {
    const present = this.methods.filter((candidate) => candidate.isPresent(attempt));
    const [method, another] = present;
    if (another !== undefined) {
      throw new InvalidRequest('more than one client authentication method', {
        description: 'The request uses more than one client authentication method.',
        decision: seen('client.two_methods', undefined, { presented: present.map(({ name }) => name) }),
      });
    }
    if (method === undefined)
      throw new InvalidClient('no client authentication', { decision: seen('client.no_method') });
    return method;
  }
}

/** What came of judging a proof. */
interface Judged {
  readonly proof: ClientProof | undefined;
  /** What can be said of a proof that was refused. */
  readonly shortcoming: Decision['facts'];
}

function accepted(client: Client | undefined, { name }: AuthenticationMethod, { proof, shortcoming }: Judged): Client {
  if (client === undefined) throw new InvalidClient('the client is unknown', { decision: seen('client.unknown') });
  if (client.status !== 'active') {
    throw new InvalidClient(`client ${client.clientId} is disabled`, {
      decision: seen('client.disabled', client.clientId),
    });
  }
  if (client.tokenEndpointAuthMethod !== name) {
    throw new InvalidClient(
      `client ${client.clientId} is registered for ${client.tokenEndpointAuthMethod}, not ${name}`,
      {
        decision: seen('client.method', client.clientId, {
          presented: name,
          registered: client.tokenEndpointAuthMethod,
        }),
      },
    );
  }
  if (proof === undefined) {
    throw new InvalidClient(`client ${client.clientId} did not prove who it is`, {
      decision: seen('client.unproven', client.clientId, { method: name, ...shortcoming }),
    });
  }
  return client;
}

function seen(rule: string, clientId?: string, facts: Decision['facts'] = {}): Decision {
  return { rule, clause: 'RFC 6749 §2.3', clientId, facts };
}
