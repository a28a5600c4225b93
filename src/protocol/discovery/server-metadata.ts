import { Inject, Injectable } from '@nestjs/common';
import { ATTAINABLE_ACR_VALUES, SignUpRules } from '#authentication/index.js';
import type { ClaimMapping } from '#claims/index.js';
import { SUBJECT_TYPES } from '#clients/index.js';
import { FeatureSettings, IssuerSettings } from '#platform/config/index.js';
import { ClientAuthenticationMethod, CODE_CHALLENGE_METHOD, GrantType } from '#standards/oauth.js';
import { SCOPE_CLAIMS, STANDARD_SCOPES } from '#standards/oidc.js';
import { LOCALES } from '#views/index.js';
import { RESPONSE_MODES } from '../authorization-endpoint/rules/response-mode.js';
import { RESPONSE_TYPES } from '../authorization-endpoint/rules/response-type.js';
import { offeredPromptValues } from '../authorization-endpoint/rules/prompt.js';
import { AUTHENTICATION_METHODS } from '../client-authentication/client-authenticator.js';
import type { AuthenticationMethod } from '../client-authentication/client-authentication-method.js';
import { REQUEST_OBJECT_METADATA } from '../request-object/request-object-metadata.js';
import type { GrantTypeHandler } from '../token-endpoint/grant-types/grant-type-handler.js';
import { GRANT_TYPE_HANDLERS } from '../token-endpoint/grant-types/index.js';
import { logoutMetadata } from './logout-metadata.js';
import { tokenProtection } from './token-protection.js';

/** The claims that ID tokens and userinfo can carry besides those of the scopes (OIDC Core §2). */
const TOKEN_CLAIMS = ['iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'sid'];

const OWN_CLAIMS: readonly string[] = [...new Set([...Object.values(SCOPE_CLAIMS).flat(), ...TOKEN_CLAIMS])];

/** What this service says about itself (OIDC Discovery §3, RFC 8414 §2), derived from the registries. */
@Injectable()
export class ServerMetadata {
  /** The document, made once, as far as nobody decides it at run time. */
  private readonly document: Readonly<Record<string, unknown>>;

  constructor(
    issuer: IssuerSettings,
    features: FeatureSettings,
    signUp: SignUpRules,
    @Inject(AUTHENTICATION_METHODS) methods: readonly AuthenticationMethod[],
    @Inject(GRANT_TYPE_HANDLERS) grantTypes: readonly GrantTypeHandler[],
  ) {
    this.document = Object.freeze({
      issuer: issuer.issuer,
      ...endpoints(issuer),
      ...(features.clientRegistration === 'off' ? {} : { registration_endpoint: issuer.url('/oauth2/register') }),
      ...logoutMetadata(issuer, features),
      scopes_supported: STANDARD_SCOPES,
      response_types_supported: RESPONSE_TYPES,
      response_modes_supported: RESPONSE_MODES,
      grant_types_supported: [...grantTypes.map(({ grantType }) => grantType), GrantType.Implicit],
      subject_types_supported: SUBJECT_TYPES,
      ...tokenProtection(),
      ...clientAuthentication(methods),
      code_challenge_methods_supported: [CODE_CHALLENGE_METHOD],
      claim_types_supported: ['normal'],
      claims_supported: OWN_CLAIMS,
      acr_values_supported: ATTAINABLE_ACR_VALUES,
      prompt_values_supported: offeredPromptValues(signUp.offered),
      ui_locales_supported: LOCALES,
      authorization_response_iss_parameter_supported: true, // RFC 9207 §3
      claims_parameter_supported: true, // OIDC Core §5.5
      ...REQUEST_OBJECT_METADATA,
      require_pushed_authorization_requests: false,
    });
  }

  /** The document with the claims that scopes release beside the standard ones, to clients whoever they are. */
  with(mappings: readonly ClaimMapping[]): Readonly<Record<string, unknown>> {
    const mapped = mappings.filter(({ clientId }) => clientId === null).map(({ claim }) => claim);
    return { ...this.document, claims_supported: [...new Set([...OWN_CLAIMS, ...mapped])] };
  }
}

function endpoints(issuer: IssuerSettings): Record<string, string> {
  return {
    authorization_endpoint: issuer.url('/oauth2/authorize'),
    token_endpoint: issuer.url('/oauth2/token'),
    userinfo_endpoint: issuer.url('/oauth2/userinfo'),
    jwks_uri: issuer.url('/oauth2/jwks'),
    introspection_endpoint: issuer.url('/oauth2/introspect'),
    revocation_endpoint: issuer.url('/oauth2/revoke'),
    end_session_endpoint: issuer.url('/oauth2/logout'),
  };
}

/** RFC 8414 §2: what clients can authenticate with; introspection is not for public clients (RFC 7662 §2.1). */
function clientAuthentication(registry: readonly AuthenticationMethod[]): Record<string, readonly string[]> {
  const methods: readonly string[] = registry.map(({ name }) => name);
  const algorithms = [...new Set(registry.flatMap((method) => method.algorithms))];
  const confidential = methods.filter((name) => name !== ClientAuthenticationMethod.None);
  return {
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: algorithms,
    introspection_endpoint_auth_methods_supported: confidential,
    introspection_endpoint_auth_signing_alg_values_supported: algorithms,
  };
}
