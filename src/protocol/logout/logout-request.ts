import { Injectable } from '@nestjs/common';
import { ClientsService, isVetted, type Client } from '#clients/index.js';
import { plainAddress, type Decision } from '#explanations/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { hintDecision } from '../errors/hint-decision.js';
import { InvalidRequest } from '../errors/oauth-error.js';
import { IssuedIdTokens } from '../issuance/issued-id-tokens.js';
import type { OAuthParameters } from '../parameters/oauth-parameters.js';
import { readableLocales } from '../parameters/readable-locales.js';

/** A validated request to sign out: who asks, and where the user goes afterwards (OIDC RP-Initiated Logout §2). */
export interface LogoutRequest {
  readonly clientId: string | undefined;
  /** True when a valid ID token named a client that browsers may be sent to although nobody confirmed it. */
  readonly hinted: boolean;
  readonly redirectUri: string | undefined;
  readonly state: string | undefined;
  readonly uiLocales: string | undefined;
}

/** Judges the parameters of the end-session endpoint; all faults are shown, none is ever redirected. */
@Injectable()
export class LogoutRequestValidator {
  constructor(
    private readonly clients: ClientsService,
    private readonly issued: IssuedIdTokens,
    private readonly issuer: IssuerSettings,
  ) {}

  async validate(parameters: OAuthParameters): Promise<LogoutRequest> {
    parameters.checkSyntax();
    parameters.checkVisible('client_id', 'state');
    const hinted = await this.hintedClient(parameters);
    const client = hinted ?? (await this.namedClient(parameters));
    return {
      clientId: client?.clientId,
      hinted: hinted !== undefined && this.mayBeSentTo(hinted),
      redirectUri: registeredTarget(parameters, client),
      state: parameters.get('state'),
      uiLocales: readableLocales(parameters),
    };
  }

  /** RFC 9700 §4.11.2: a client that nobody has checked makes itself hints at will, and would lead any link astray. */
  private mayBeSentTo(client: Client): boolean {
    return this.issuer.kind !== 'production' || isVetted(client);
  }

  /** OIDC RP-Initiated Logout §2, §4: our own signature, expired or not, and a client that we know. */
  private async hintedClient(parameters: OAuthParameters): Promise<Client | undefined> {
    const hint = parameters.get('id_token_hint');
    if (hint === undefined) return undefined;
    const claims = await this.issued.recognise(hint);
    const audience = claims?.['aud'];
    const client = typeof audience === 'string' ? await this.clients.find(audience) : undefined;
    const named = parameters.get('client_id');
    if (client === undefined || (named !== undefined && named !== client.clientId)) {
      throw new InvalidRequest('id_token_hint is not ours or names another client', {
        description: 'The id_token_hint is not valid.',
        decision: hintDecision('OIDC RP-Initiated Logout §4', claims),
      });
    }
    return client;
  }

  private async namedClient(parameters: OAuthParameters): Promise<Client | undefined> {
    const named = parameters.get('client_id');
    if (named === undefined) return undefined;
    const client = await this.clients.find(named);
    if (client === undefined)
      throw new InvalidRequest('client_id is unknown', { description: 'The client_id is not known here.' });
    return client;
  }
}

/** OIDC RP-Initiated Logout §3: exactly a registered URI of an established client, or none; never an open redirector. */
function registeredTarget(parameters: OAuthParameters, client: Client | undefined): string | undefined {
  const asked = parameters.get('post_logout_redirect_uri');
  if (asked === undefined) return undefined;
  if (client?.postLogoutRedirectUris.includes(asked) !== true) {
    throw new InvalidRequest('post_logout_redirect_uri is not registered', {
      description: 'The post_logout_redirect_uri is not registered for this client.',
      decision: logoutDecision(asked, client),
    });
  }
  // users of a client that was disabled sign out as well, but are not sent there any more
  return client.status === 'active' ? asked : undefined;
}

/** OIDC RP-Initiated Logout §3: what was sent, and what is registered. */
function logoutDecision(asked: string, client: Client | undefined): Decision {
  const registered = (client?.postLogoutRedirectUris ?? []).map(plainAddress).slice(0, 20);
  const facts = { presented: plainAddress(asked), registered, client_known: client !== undefined };
  return { rule: 'post_logout_redirect_uri', clause: 'OIDC RP-Initiated Logout §3', clientId: client?.clientId, facts };
}
