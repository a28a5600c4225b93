import {
  APPLICATION_TYPES,
  ASSERTION_ALGORITHMS,
  CLIENT_AUTH_METHODS,
  CLIENT_GRANT_TYPES,
  ID_TOKEN_ALGORITHMS,
  REQUEST_OBJECT_ALGORITHMS,
  SUBJECT_TYPES,
  type Client,
  type ClientMetadata,
  type ClientMetadataInput,
  type MetadataProblem,
} from '#clients/index.js';
import { CONTENT_ENCRYPTION_ALGORITHMS, KEY_ENCRYPTION_ALGORITHMS } from '#standards/jose.js';
import {
  flag,
  isObject,
  keySet,
  number,
  oneOf,
  responseTypes,
  scopeNames,
  someOf,
  text,
  texts,
  type MemberReader,
} from './member-readers.js';

/** What a message says about a client, and what of it cannot be read. */
export interface RegistrationMessage {
  readonly input: ClientMetadataInput;
  readonly problems: readonly MetadataProblem[];
}

/** The members that a client may register (RFC 7591 §2, OIDC Registration §2), by their names on the wire. */
const MEMBERS: Readonly<Record<string, readonly [member: keyof ClientMetadata, read: MemberReader]>> = {
  client_name: ['clientName', text],
  redirect_uris: ['redirectUris', texts],
  post_logout_redirect_uris: ['postLogoutRedirectUris', texts],
  grant_types: ['grantTypes', someOf(CLIENT_GRANT_TYPES)],
  response_types: ['responseTypes', responseTypes],
  token_endpoint_auth_method: ['tokenEndpointAuthMethod', oneOf(CLIENT_AUTH_METHODS)],
  token_endpoint_auth_signing_alg: ['tokenEndpointAuthSigningAlg', oneOf(ASSERTION_ALGORITHMS)],
  jwks: ['jwks', keySet],
  jwks_uri: ['jwksUri', text],
  application_type: ['applicationType', oneOf(APPLICATION_TYPES)],
  subject_type: ['subjectType', oneOf(SUBJECT_TYPES)],
  sector_identifier_uri: ['sectorIdentifierUri', text],
  id_token_signed_response_alg: ['idTokenSignedResponseAlg', oneOf(ID_TOKEN_ALGORITHMS)],
  id_token_encrypted_response_alg: ['idTokenEncryptedResponseAlg', oneOf(KEY_ENCRYPTION_ALGORITHMS)],
  id_token_encrypted_response_enc: ['idTokenEncryptedResponseEnc', oneOf(CONTENT_ENCRYPTION_ALGORITHMS)],
  userinfo_signed_response_alg: ['userinfoSignedResponseAlg', oneOf(ID_TOKEN_ALGORITHMS)],
  userinfo_encrypted_response_alg: ['userinfoEncryptedResponseAlg', oneOf(KEY_ENCRYPTION_ALGORITHMS)],
  userinfo_encrypted_response_enc: ['userinfoEncryptedResponseEnc', oneOf(CONTENT_ENCRYPTION_ALGORITHMS)],
  request_object_signing_alg: ['requestObjectSigningAlg', oneOf(REQUEST_OBJECT_ALGORITHMS)],
  request_object_encryption_alg: ['requestObjectEncryptionAlg', oneOf(KEY_ENCRYPTION_ALGORITHMS)],
  request_object_encryption_enc: ['requestObjectEncryptionEnc', oneOf(CONTENT_ENCRYPTION_ALGORITHMS)],
  request_uris: ['requestUris', texts],
  require_signed_request_object: ['requireSignedRequestObject', flag],
  default_acr_values: ['defaultAcrValues', texts],
  backchannel_logout_uri: ['backchannelLogoutUri', text],
  backchannel_logout_session_required: ['backchannelLogoutSessionRequired', flag],
  frontchannel_logout_uri: ['frontchannelLogoutUri', text],
  frontchannel_logout_session_required: ['frontchannelLogoutSessionRequired', flag],
  software_id: ['softwareId', text],
  software_version: ['softwareVersion', text],
  software_statement: ['softwareStatement', text],
  scope: ['scope', scopeNames],
  client_uri: ['clientUri', text],
  logo_uri: ['logoUri', text],
  policy_uri: ['policyUri', text],
  tos_uri: ['tosUri', text],
  contacts: ['contacts', texts],
  initiate_login_uri: ['initiateLoginUri', text],
  default_max_age: ['defaultMaxAge', number],
  require_auth_time: ['requireAuthTime', flag],
};

/** The members of a client's record that the client itself decides. */
export const OWN_MEMBERS: readonly (keyof ClientMetadata)[] = Object.values(MEMBERS).map(([member]) => member);

/** Reads a body; members that are not known are ignored (RFC 7591 §2), null counts as absent (RFC 7592 §2.2). */
export function readRegistration(body: unknown): RegistrationMessage {
  if (!isObject(body))
    return { input: {}, problems: [problem('#', 'must be a JSON object, sent as application/json')] };
  const input: Record<string, unknown> = {};
  const problems: MetadataProblem[] = [];
  for (const [wire, [member, read]] of Object.entries(MEMBERS)) {
    const given = Object.hasOwn(body, wire) ? body[wire] : undefined;
    if (given === undefined || given === null) continue;
    const reading = read(given);
    if ('detail' in reading) problems.push(problem(`#/${wire}`, reading.detail));
    else input[member] = reading.value;
  }
  return { input, problems };
}

/** Everything that is registered about a client, defaults included (RFC 7591 §3.2.1). */
export function registeredMembers(client: Client): Readonly<Record<string, unknown>> {
  const members = Object.entries(MEMBERS).map(([wire, [member]]) => [wire, onTheWire(wire, client[member])] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function onTheWire(wire: string, value: ClientMetadata[keyof ClientMetadata]): unknown {
  if (!Array.isArray(value)) return value;
  if (wire === 'scope') return value.join(' ');
  return value.length === 0 ? undefined : (value as readonly unknown[]);
}

function problem(pointer: string, detail: string): MetadataProblem {
  const error = pointer === '#/redirect_uris' ? 'invalid_redirect_uri' : 'invalid_client_metadata';
  return { pointer, detail, error };
}
