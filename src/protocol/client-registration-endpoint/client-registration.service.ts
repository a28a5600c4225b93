import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  ClientSecretsService,
  InitialAccessTokensService,
  SelfRegistrationsService,
  type Client,
  type MetadataProblem,
  type SelfRegistered,
} from '#clients/index.js';
import { FeatureSettings } from '#platform/config/index.js';
import { actingAs } from '#platform/http/index.js';
import { bearerToken } from '../access-token-guard/bearer-token.js';
import {
  InvalidClientMetadata,
  InvalidRedirectUri,
  InvalidRequest,
  InvalidToken,
  TemporarilyUnavailable,
} from '../errors/oauth-error.js';
import { isObject } from './member-readers.js';
import { RegistrationJudge } from './registration-judge.service.js';
import { readRegistration } from './registration-message.js';
import { SoftwareStatements } from './software-statements.service.js';

/** RFC 7592 §2.2: members of the answer that a client must not send back. */
const ANSWERED_ONLY = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

/** A client with the registration access token that it has from now on. */
export type Managed = Pick<SelfRegistered, 'client' | 'registrationToken' | 'clientSecret'>;

/** Registers clients and lets them manage their own records (RFC 7591 §3, RFC 7592 §2). */
@Injectable()
export class ClientRegistrationService {
  constructor(
    private readonly registrations: SelfRegistrationsService,
    private readonly initialAccessTokens: InitialAccessTokensService,
    private readonly secrets: ClientSecretsService,
    private readonly judge: RegistrationJudge,
    private readonly statements: SoftwareStatements,
    private readonly features: FeatureSettings,
  ) {}

  async register(http: FastifyRequest): Promise<SelfRegistered> {
    const initialAccessToken = await this.initialAccessToken(http);
    const { input, problems } = readRegistration(await this.statements.applied(http.body));
    refuse(problems);
    refuse(await this.judge.problems(input));
    const result = await this.registrations.register(this.judge.completed(input), initialAccessToken);
    if (result.outcome === 'used-up') throw new InvalidToken('the initial access token has no use left');
    if (result.outcome === 'invalid') throw refusal(result.problems);
    return result;
  }

  async read(http: FastifyRequest, clientId: string): Promise<Managed> {
    const registrationToken = bearerToken(http);
    return { client: await this.managed(clientId, registrationToken), registrationToken };
  }

  async replace(http: FastifyRequest, clientId: string): Promise<SelfRegistered> {
    const token = bearerToken(http);
    const present = await this.managed(clientId, token);
    actingAs({ kind: 'client', id: clientId });
    await this.checkIdentity(http.body, clientId);
    const { input, problems } = readRegistration(await this.statements.applied(http.body, present));
    refuse(problems);
    refuse(await this.judge.problems(input, present));
    const result = await this.registrations.update(present, token, this.judge.replacement(input, present));
    switch (result.outcome) {
      case 'updated':
        return result;
      case 'invalid':
        throw refusal(result.problems);
      case 'unknown':
        throw unknownToken();
      case 'stale':
        throw new TemporarilyUnavailable('the client was changed at the same moment', { retryAfterSeconds: 1 });
    }
  }

  async delete(http: FastifyRequest, clientId: string): Promise<void> {
    if (!(await this.registrations.delete(clientId, bearerToken(http)))) throw unknownToken();
  }

  /** RFC 7591 §3: the id of the initial access token that allows this registration, where one is needed. */
  private async initialAccessToken(http: FastifyRequest): Promise<string | undefined> {
    if (this.features.clientRegistration === 'open') return undefined;
    const id = await this.initialAccessTokens.recognise(bearerToken(http));
    if (id === undefined) throw new InvalidToken('the initial access token is unknown, expired or used up');
    return id;
  }

  private async managed(clientId: string, token: string): Promise<Client> {
    const client = await this.registrations.find(clientId, token);
    if (client === undefined) throw unknownToken();
    return client;
  }

  /** RFC 7592 §2.2: the client names itself, and says nothing that only the server says. */
  private async checkIdentity(body: unknown, clientId: string): Promise<void> {
    const given = isObject(body) ? body : {};
    const forbidden = ANSWERED_ONLY.find((name) => Object.hasOwn(given, name));
    if (forbidden !== undefined) throw misplaced(`${forbidden} must not be sent.`);
    if (given['client_id'] !== clientId) throw misplaced('client_id must be the client_id of the client.');
    const secret = given['client_secret'];
    if (secret === undefined || secret === null) return;
    if (typeof secret !== 'string' || (await this.secrets.verify(clientId, secret)) === undefined) {
      throw misplaced('client_secret must be the present secret of the client.');
    }
  }
}

function misplaced(description: string): InvalidRequest {
  return new InvalidRequest(description, { description });
}

function unknownToken(): InvalidToken {
  return new InvalidToken('the registration access token is not that of an active client');
}

function refuse(problems: readonly MetadataProblem[]): void {
  if (problems.length > 0) throw refusal(problems);
}

const MOST_DETAILS = 5;

/** RFC 7591 §3.2.2: one code, and everything that is wrong under it. */
function refusal(problems: readonly MetadataProblem[]): InvalidRedirectUri | InvalidClientMetadata {
  const error = problems[0]?.error ?? 'invalid_client_metadata';
  const described = problems
    .filter((problem) => problem.error === error)
    .slice(0, MOST_DETAILS)
    .map(({ pointer, detail }) => `${pointer === '#' ? 'The body' : pointer.slice(2)} ${detail}.`);
  const description = described.join(' ');
  return error === 'invalid_redirect_uri'
    ? new InvalidRedirectUri(description, { description })
    : new InvalidClientMetadata(description, { description });
}
