import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { MappedClaims, mappedScopes } from '#interaction/index.js';
import type { Scope } from '#resources/index.js';
import type { ResponseType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import { beyondScope, NO_CLAIMS, NONE_MAPPED, type MappedScopes } from '../claims/claims-request.js';
import { IssuedIdTokens } from '../issuance/issued-id-tokens.js';
import type { OAuthParameters } from '../parameters/oauth-parameters.js';
import { readableLocales } from '../parameters/readable-locales.js';
import { requestedAcr } from './rules/acr-values.js';
import { requestedClaims } from './rules/claims.js';
import { hintedSubject } from './rules/id-token-hint.js';
import { maxAge } from './rules/max-age.js';
import { nonce } from './rules/nonce.js';
import { requestedPrompts } from './rules/prompt.js';
import { wantedSubjects } from './rules/subject.js';

/** Reads the parameters that OpenID Connect adds to an authorization request (OIDC Core §3.1.2.1). */
@Injectable()
export class OpenIdParameters {
  constructor(
    private readonly issued: IssuedIdTokens,
    private readonly mapped: MappedClaims,
  ) {}

  /** OIDC Core §3.1.2.1: without `openid` in the scope it is no OpenID Connect request and these are ignored. */
  async read(
    parameters: OAuthParameters,
    client: Client,
    { scopes, responseType }: { scopes: readonly Scope[]; responseType: ResponseType },
  ) {
    const uiLocales = readableLocales(parameters);
    const scope = scopes.map(({ name }) => name);
    if (!scope.includes(StandardScope.OpenId)) return { ...PLAIN_OAUTH, uiLocales };
    const mapped = await this.mappedScopes(parameters, client);
    const claims = requestedClaims(parameters, client, responseType, mapped);
    return {
      nonce: nonce(parameters, responseType),
      prompts: requestedPrompts(parameters),
      maxAge: maxAge(parameters, client),
      hintedSubjects: wantedSubjects(await hintedSubject(parameters, client, this.issued), claims),
      claims,
      namedClaims: beyondScope(claims, scope, mapped),
      mappedScopes: mapped,
      acr: requestedAcr(parameters, client, claims),
      loginHint: parameters.get('login_hint'),
      uiLocales,
    };
  }

  private async mappedScopes(parameters: OAuthParameters, client: Client): Promise<MappedScopes> {
    return parameters.get('claims') === undefined ? NONE_MAPPED : mappedScopes(await this.mapped.of(client));
  }
}

const PLAIN_OAUTH = {
  nonce: undefined,
  prompts: new Set<never>(),
  maxAge: undefined,
  hintedSubjects: undefined,
  claims: NO_CLAIMS,
  namedClaims: [],
  mappedScopes: NONE_MAPPED,
  acr: undefined,
  loginHint: undefined,
};
