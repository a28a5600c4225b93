import { Injectable } from '@nestjs/common';
import { ClientsService, type Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import { ResourcesService, ScopesService } from '#resources/index.js';
import { SubjectIdentifiers } from '../claims/subject-identifier.js';
import { InvalidClient, InvalidRequest, InvalidScope, InvalidTarget, OAuthError } from '../errors/oauth-error.js';
import { unknownResource } from '../errors/target-decisions.js';
import { overlongParameter, repeatedParameter, type OAuthParameters } from '../parameters/oauth-parameters.js';
import { RequestObjects } from '../request-object/request-objects.service.js';
import { AnswerableError } from './answerable-error.js';
import type { AnswerTarget, AuthorizationRequest } from './authorization-request.js';
import { OpenIdParameters } from './openid-parameters.service.js';
import { codeChallenge } from './rules/code-challenge.js';
import { asksForSilence } from './rules/prompt.js';
import { registeredRedirectUri } from './rules/redirect-uri.js';
import { impliedResource, isResourceIndicator, owners } from './rules/resource.js';
import { allowedResponseMode, errorMode } from './rules/response-mode.js';
import { allowedResponseType, yieldsCode, yieldsToken } from './rules/response-type.js';
import { requestedScope } from './rules/scope.js';
import { checkSigned } from './rules/signed-request.js';
import { checkUnsupported } from './rules/unsupported.js';

/** RFC 6749 §3.1: a repeat of one of these makes the place of the answer doubtful, so a page is shown. */
const SHOWN_WHEN_REPEATED = new Set(['client_id', 'redirect_uri', 'response_mode', 'state']);

/** A request and the parameters that it was read from: those to keep while it waits. */
export interface ReceivedRequest {
  readonly request: AuthorizationRequest;
  readonly parameters: OAuthParameters;
}

/** Turns received parameters into an `AuthorizationRequest`, in the order that the standards need. */
@Injectable()
export class AuthorizationRequestValidator {
  constructor(
    private readonly clients: ClientsService,
    private readonly scopes: ScopesService,
    private readonly resources: ResourcesService,
    private readonly requestObjects: RequestObjects,
    private readonly subjects: SubjectIdentifiers,
    private readonly openId: OpenIdParameters,
  ) {}

  /**
   * A request as it comes from the client; where it has a request object, what is inside is all that counts (RFC 9101 §6.3).
   * Throws an `OAuthError` to be shown, or an `AnswerableError` to be sent to the redirect URI.
   */
  async receive(received: OAuthParameters, address: string): Promise<ReceivedRequest> {
    const client = await this.requestingClient(received);
    const { parameters, signed } = await this.requestObjects.resolve(received, client, address);
    return { request: await this.validateOf(client, parameters, signed), parameters };
  }

  /** The same for what was received before and has waited: whether it was signed was judged then, its object is gone. */
  async validate(parameters: OAuthParameters): Promise<AuthorizationRequest> {
    return this.validateOf(await this.requestingClient(parameters), parameters, true);
  }

  private async validateOf(
    client: Client,
    parameters: OAuthParameters,
    signed: boolean,
  ): Promise<AuthorizationRequest> {
    const redirectUri = registeredRedirectUri(parameters, client); // RFC 9700 §2.1: never redirect on failure
    const responseMode = errorMode(parameters);
    const target: AnswerTarget = { client, redirectUri, responseMode, state: parameters.get('state') };
    try {
      checkSigned(client, signed); // RFC 9101 §10.5
      return await this.validateFor(client, target, parameters); // from here on errors go to the redirect URI
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      throw new AnswerableError(error, target, { client, userKnown: false, silent: asksForSilence(parameters) });
    }
  }

  private async validateFor(
    client: Client,
    target: AnswerTarget,
    parameters: OAuthParameters,
  ): Promise<AuthorizationRequest> {
    checkRepeated(parameters, () => true);
    checkLengths(parameters, () => true);
    parameters.checkVisible('state', 'client_id');
    checkUnsupported(parameters);
    const responseType = allowedResponseType(parameters, client);
    const responseMode = allowedResponseMode(parameters, responseType);
    const names = requestedScope(parameters, client, responseType);
    const { scopes, resources } = await this.targets(parameters, client, names);
    // RFC 8707 §2: a token that comes with the answer is for one resource, and nobody can narrow it later
    if (yieldsToken(responseType)) impliedResource(resources, client);
    return Object.freeze({
      ...target,
      client,
      subjectOf: (userId: string) => this.subjects.of(userId, client),
      responseType,
      responseMode,
      scope: scopes.map(({ name }) => name),
      scopes,
      resources,
      codeChallenge: yieldsCode(responseType) ? codeChallenge(parameters, client) : undefined, // RFC 7636 §4.4.1
      ...(await this.openId.read(parameters, client, { scopes, responseType })),
    });
  }

  private async requestingClient(parameters: OAuthParameters): Promise<Client> {
    checkRepeated(parameters, (name) => SHOWN_WHEN_REPEATED.has(name));
    checkLengths(parameters, (name) => name === 'client_id');
    parameters.checkVisible('client_id');
    const client = await this.clients.known(parameters.require('client_id'));
    if (client?.status !== 'active') {
      const rule = client === undefined ? 'client.unknown' : 'client.disabled';
      throw new InvalidClient('client_id is unknown or disabled', {
        description: 'The client_id is not known here.',
        decision: { rule, clause: 'RFC 6749 §4.1.2.1', clientId: client?.clientId, facts: {} },
      });
    }
    return client;
  }

  /** RFC 8707 §2: which scopes remain, and which resources they and the request are about. */
  private async targets(parameters: OAuthParameters, client: Client, names: readonly string[]) {
    const known = await this.scopes.known(names);
    const named = parameters.list('resource');
    for (const identifier of named) await this.checkTarget(identifier, client);
    const scopes = known.filter(
      ({ resourceIdentifier: owner }) => owner === null || named.length === 0 || named.includes(owner),
    );
    if (scopes.length === 0)
      throw new InvalidScope('no known scope remains', { decision: unknownScope(names, client) });
    if (named.length === 0) impliedResource(owners(scopes), client);
    return { scopes, resources: named.length === 0 ? owners(scopes) : [...new Set(named)] };
  }

  private async checkTarget(identifier: string, client: Client): Promise<void> {
    const known = isResourceIndicator(identifier) && (await this.resources.knownByIdentifier(identifier)) !== undefined;
    const scopes = known ? await this.scopes.known(client.scope) : [];
    if (!scopes.some(({ resourceIdentifier }) => resourceIdentifier === identifier)) {
      const open = owners(scopes.length > 0 ? scopes : await this.scopes.known(client.scope));
      throw new InvalidTarget(`resource is unknown or not open to ${client.clientId}`, {
        decision: unknownResource(identifier, client, open),
      });
    }
  }
}

function checkRepeated(parameters: OAuthParameters, concerns: (name: string) => boolean): void {
  const repeated = parameters.repeated.find(concerns);
  if (repeated === undefined) return;
  const known = SHOWN_WHEN_REPEATED.has(repeated) ? `${repeated} is repeated.` : 'A parameter is repeated.';
  throw new InvalidRequest('a parameter is repeated', { description: known, decision: repeatedParameter(repeated) });
}

function checkLengths(parameters: OAuthParameters, concerns: (name: string) => boolean): void {
  const overlong = parameters.overlong.find(concerns);
  if (overlong === undefined) return;
  const decision = overlongParameter(overlong);
  throw new InvalidRequest('a parameter is too long', { description: 'A parameter is too long.', decision });
}

/** Every name is one that the client may ask for, and none of them is defined, or at the named resources, any more. */
function unknownScope(names: readonly string[], { clientId }: Client): Decision {
  return { rule: 'scope.unknown', clause: 'RFC 6749 §3.3', clientId, facts: { asked: names.slice(0, 50) } };
}
