import {
  APPLICATION_TYPES,
  ASSERTION_ALGORITHMS,
  ASSERTION_AUDIENCES,
  CLIENT_AUTH_METHODS,
  CLIENT_GRANT_TYPES,
  CLIENT_PROFILES,
  CLIENT_RESPONSE_TYPES,
  CLIENT_STATUSES,
  CLIENT_TEMPLATES,
  CONSENT_BOUNDS,
  CONSENT_DURATIONS,
  CONSENT_POLICIES,
  LIFETIME_BOUNDS,
  REFRESH_TOKEN_ROTATIONS,
  type ClientJwks,
  type ClientMetadata,
  type ClientTemplateName,
} from '#clients/index.js';
import { SECOND_FACTOR_KINDS, SECOND_FACTOR_RULES } from '#settings/index.js';
import {
  ChoiceMember,
  FlagMember,
  JwksMember,
  NumberMember,
  TextListMember,
  TextMember,
} from '../member.decorators.js';
import { ClientProtocolMembers } from './client-protocol.dto.js';
import { CreatedAt, STAMP_MEMBERS, UpdatedAt } from './stamps.dto.js';

const uri = { format: 'uri', maxLength: 2048 };
const lifetime = (member: keyof typeof LIFETIME_BOUNDS) => ({ minimum: 1, maximum: LIFETIME_BOUNDS[member] });

/** What an administrator decides about a client (RFC 7591 §2, OIDC Registration §2, and our own members). */
export class ClientMembers extends ClientProtocolMembers {
  @TextMember({ about: 'The name that users see.', schema: { maxLength: 200 } })
  client_name?: string;

  @ChoiceMember(CLIENT_STATUSES, { about: 'A disabled client is refused everywhere.', default: 'active' })
  status?: ClientMetadata['status'];

  @ChoiceMember(CLIENT_PROFILES, { about: 'Defaults and rules for a usual kind of client.', default: 'default' })
  profile?: ClientMetadata['profile'];

  @TextListMember({ about: 'Where users come back to; compared exactly.' })
  redirect_uris?: readonly string[];

  @TextListMember({ about: 'Where users come back to after signing out.' })
  post_logout_redirect_uris?: readonly string[];

  @TextListMember({ about: 'How the client may get tokens.', values: CLIENT_GRANT_TYPES })
  grant_types?: ClientMetadata['grantTypes'];

  @TextListMember({ about: 'What the client may ask the authorization endpoint for.', values: CLIENT_RESPONSE_TYPES })
  response_types?: ClientMetadata['responseTypes'];

  @ChoiceMember(CLIENT_AUTH_METHODS, { about: 'How the client proves itself.', default: 'client_secret_basic' })
  token_endpoint_auth_method?: ClientMetadata['tokenEndpointAuthMethod'];

  @ChoiceMember(ASSERTION_ALGORITHMS, { about: 'The only algorithm the client signs assertions with.' })
  token_endpoint_auth_signing_alg?: NonNullable<ClientMetadata['tokenEndpointAuthSigningAlg']>;

  @JwksMember({ about: 'The public keys of the client, unless jwks_uri says where they are.' })
  jwks?: ClientJwks;

  @TextMember({ about: 'Where the client publishes its public keys; fetched over https as needed.', schema: uri })
  jwks_uri?: string;

  @ChoiceMember(APPLICATION_TYPES, { about: 'Which redirect URIs the client may have.' })
  application_type?: ClientMetadata['applicationType'];

  @FlagMember({ about: 'Whether authorization requests need PKCE.', default: true })
  require_pkce?: boolean;

  @FlagMember({ about: "Whether the client is the company's own.", default: false })
  first_party?: boolean;

  @FlagMember({
    about: 'Whether somebody has checked a client that registered itself; ends when the client changes itself.',
  })
  vetted?: boolean;

  @TextMember({ about: 'The id of the user who looks after the client.', schema: { maxLength: 36, minLength: 1 } })
  owner?: string;

  @FlagMember({ about: 'Whether users find the client among their applications; they do when it is absent.' })
  listed?: boolean;

  @ChoiceMember(CONSENT_POLICIES, { about: 'When users are asked; skip only with first_party.', default: 'ask' })
  consent?: ClientMetadata['consent'];

  @TextListMember({ about: 'For how long users may approve; all when absent.', values: CONSENT_DURATIONS })
  consent_durations?: NonNullable<ClientMetadata['consentDurations']>;

  @NumberMember({
    about: 'For how many days users may approve at most; 30 are offered, or fewer when this is less.',
    schema: { minimum: 1, maximum: CONSENT_BOUNDS.consentMaxDays },
  })
  consent_max_days?: number;

  @NumberMember({
    about: 'After how many seconds users are asked again, however long they approved for.',
    schema: { minimum: 1, maximum: CONSENT_BOUNDS.consentMaxAge },
  })
  consent_max_age?: number;

  @ChoiceMember(SECOND_FACTOR_RULES, {
    about:
      'Whether users of the client prove a second factor; the strictest of what company, groups and client say holds.',
  })
  second_factor?: ClientMetadata['secondFactor'];

  @TextListMember({ about: 'Which kinds of second factors will do for them.', values: SECOND_FACTOR_KINDS })
  second_factor_kinds?: ClientMetadata['secondFactorKinds'];

  @TextMember({ about: 'All scopes the client may ask for, separated by spaces.', schema: { maxLength: 4096 } })
  scope?: string;

  @TextMember({ about: 'The scopes of these that users may untick.' })
  optional_scope?: string;

  @TextMember({ about: 'The optional scopes that are not ticked at first.' })
  unticked_scope?: string;

  @TextMember({ about: 'The scopes that the company approves for everybody: nobody is asked for them.' })
  company_approved_scope?: string;

  @TextMember({ about: 'What a request without scope asks for.' })
  default_scope?: string;

  @TextMember({ about: 'The identifier of the API that a request without resource is for.' })
  default_resource?: string;

  @TextListMember({ about: 'The names of the groups whose members may use the client; everybody when absent.' })
  allowed_groups?: readonly string[];

  @ChoiceMember(ASSERTION_AUDIENCES, { about: 'Which aud client assertions may have.', default: 'issuer' })
  client_assertion_audience?: ClientMetadata['clientAssertionAudience'];

  @ChoiceMember(REFRESH_TOKEN_ROTATIONS, { about: 'Whether each use replaces a refresh token.', default: 'rotate' })
  refresh_token_rotation?: ClientMetadata['refreshTokenRotation'];

  @NumberMember({ about: 'Seconds a code lives.', schema: lifetime('authorizationCodeLifetime') })
  authorization_code_lifetime?: number;

  @NumberMember({ about: 'Seconds an access token lives.', schema: lifetime('accessTokenLifetime') })
  access_token_lifetime?: number;

  @NumberMember({ about: 'Seconds an ID token lives.', schema: lifetime('idTokenLifetime') })
  id_token_lifetime?: number;

  @NumberMember({ about: 'Seconds a refresh token lives unused.', schema: lifetime('refreshTokenIdleLifetime') })
  refresh_token_idle_lifetime?: number;

  @NumberMember({ about: 'Seconds after which refreshing ends.', schema: lifetime('refreshTokenLifetime') })
  refresh_token_lifetime?: number;

  @TextMember({ about: 'The home page of the client.', schema: uri })
  client_uri?: string;

  @TextMember({ about: 'The logo of the client.', schema: uri })
  logo_uri?: string;

  @TextMember({ about: 'What the client does with data.', schema: uri })
  policy_uri?: string;

  @TextMember({ about: 'The terms of the client.', schema: uri })
  tos_uri?: string;

  @TextListMember({ about: 'Whom to ask about the client.' })
  contacts?: readonly string[];

  @TextMember({ about: 'Where a sign-in that starts elsewhere is sent.', schema: uri })
  initiate_login_uri?: string;

  @NumberMember({
    about: 'How many seconds ago users may have signed in, unless asked otherwise.',
    schema: { minimum: 0 },
  })
  default_max_age?: number;

  @FlagMember({ about: 'Whether ID tokens always say when the user signed in.' })
  require_auth_time?: boolean;
}

/** A client to register, for what is being built. */
export class TemplatedClient extends ClientMembers {
  @ChoiceMember(CLIENT_TEMPLATES, { about: 'What is being built: fills in what is safe for it and not said here.' })
  template?: ClientTemplateName;
}

/** A client to register. */
export class NewClient extends TemplatedClient {
  @TextMember({
    about: 'The id of the client; made here unless given.',
    schema: { maxLength: 255, pattern: '^[!-~]+$' },
  })
  client_id?: string;
}

/** All that was registered of a client: what an administrator decides, and what came with it. */
export class ClientRecord extends ClientMembers {
  @TextMember({ about: 'What a trusted issuer said of the client when it registered itself.', readOnly: true })
  software_statement?: string;
}

/** A client as it is answered. */
export class ClientAnswer extends ClientRecord {
  @TextMember({ about: 'The id of the client.', required: true, readOnly: true })
  client_id!: string;

  @FlagMember({ about: 'Whether the client registered itself.', required: true, readOnly: true })
  self_registered!: boolean;

  @NumberMember({ about: 'The number of the version that this is.', required: true, readOnly: true })
  version!: number;

  @NumberMember({ about: 'When it was registered, in seconds since 1970.', required: true, readOnly: true })
  client_id_issued_at!: number;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** A client that was just registered, or changed so that it needs a new secret: the only answers with one. */
export class RegisteredClient extends ClientAnswer {
  @TextMember({ about: 'The secret, shown this once.', readOnly: true })
  client_secret?: string;

  @NumberMember({ about: 'When the secret ends, in seconds since 1970; 0 for never.', readOnly: true })
  client_secret_expires_at?: number;
}

/** The members of a client that only the service sets. */
export const FIXED_CLIENT_MEMBERS = {
  fixed: ['client_id', 'client_id_issued_at', 'self_registered', 'software_statement', 'version', ...STAMP_MEMBERS],
};
