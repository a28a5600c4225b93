/** Grant types that this service knows by name (RFC 6749 §4, §6). */
export const GrantType = {
  AuthorizationCode: 'authorization_code',
  ClientCredentials: 'client_credentials',
  RefreshToken: 'refresh_token',
  /** Not used at the token endpoint: a client's record names it for response types without one (OIDC Registration §2). */
  Implicit: 'implicit',
} as const;

/** The grant type of devices without a browser (RFC 8628 §3.4), which is not offered yet. */
export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/** The grant type by which a token is given for another one (RFC 8693 §2.1), which is not offered yet. */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** One of the grant types of `GrantType`. */
export type GrantType = (typeof GrantType)[keyof typeof GrantType];

/** Response types that this service knows by name (RFC 6749 §3.1.1, OAuth Multiple Response Types §3, §4, §5). */
export const ResponseType = {
  Code: 'code',
  CodeIdToken: 'code id_token',
  CodeToken: 'code token',
  CodeIdTokenToken: 'code id_token token',
  IdToken: 'id_token',
  IdTokenToken: 'id_token token',
  None: 'none',
} as const;

/** One of the response types of `ResponseType`. */
export type ResponseType = (typeof ResponseType)[keyof typeof ResponseType];

/** Whether a token comes with the answer of the authorization endpoint (OAuth Multiple Response Types §5). */
export function isFrontChannel(responseType: string): boolean {
  return responseType.split(' ').some((part) => part === 'id_token' || part === 'token');
}

/** How a client proves who it is (RFC 7591 §2, OIDC Core §9). */
export const ClientAuthenticationMethod = {
  ClientSecretBasic: 'client_secret_basic',
  ClientSecretPost: 'client_secret_post',
  ClientSecretJwt: 'client_secret_jwt',
  PrivateKeyJwt: 'private_key_jwt',
  None: 'none',
} as const;

/** One of the methods of `ClientAuthenticationMethod`. */
export type ClientAuthenticationMethod = (typeof ClientAuthenticationMethod)[keyof typeof ClientAuthenticationMethod];

/** The only assertion type for client authentication (RFC 7523 §2.2). */
export const JWT_BEARER_CLIENT_ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The only code challenge method accepted (RFC 7636 §4.2; `plain` is refused). */
export const CODE_CHALLENGE_METHOD = 'S256';

/** Error codes of the OAuth and OpenID Connect registries that this service answers with. */
export const ErrorCode = {
  InvalidRequest: 'invalid_request',
  InvalidClient: 'invalid_client',
  InvalidGrant: 'invalid_grant',
  UnauthorizedClient: 'unauthorized_client',
  UnsupportedGrantType: 'unsupported_grant_type',
  UnsupportedResponseType: 'unsupported_response_type',
  InvalidScope: 'invalid_scope',
  InvalidTarget: 'invalid_target',
  AccessDenied: 'access_denied',
  ServerError: 'server_error',
  TemporarilyUnavailable: 'temporarily_unavailable',
  LoginRequired: 'login_required',
  InteractionRequired: 'interaction_required',
  ConsentRequired: 'consent_required',
  AccountSelectionRequired: 'account_selection_required',
  UnmetAuthenticationRequirements: 'unmet_authentication_requirements',
  InvalidRequestObject: 'invalid_request_object',
  InvalidRequestUri: 'invalid_request_uri',
  RegistrationNotSupported: 'registration_not_supported',
  InvalidToken: 'invalid_token',
  InvalidRedirectUri: 'invalid_redirect_uri',
  InvalidClientMetadata: 'invalid_client_metadata',
  InvalidSoftwareStatement: 'invalid_software_statement',
  UnapprovedSoftwareStatement: 'unapproved_software_statement',
  InsufficientScope: 'insufficient_scope',
  InsufficientUserAuthentication: 'insufficient_user_authentication',
} as const;

/** One of the codes of `ErrorCode`. */
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];
