import {
  CLIENT_MAC_ALGORITHMS,
  CLIENT_SIGNING_ALGORITHMS,
  type ContentEncryptionAlgorithm,
  type KeyEncryptionAlgorithm,
} from '#standards/jose.js';
import type { SecondFactorChoice } from '#settings/index.js';
import { ClientAuthenticationMethod, GrantType, ResponseType } from '#standards/oauth.js';

/** What a client may be: usable, or refused everywhere while its record is kept. */
export const CLIENT_STATUSES = ['active', 'disabled'] as const;
/** Sets of defaults and rules for the usual kinds of client. */
export const CLIENT_PROFILES = ['default', 'browser', 'native', 'm2m', 'fapi2'] as const;
/** The grant types a client can be registered for. */
export const CLIENT_GRANT_TYPES: readonly GrantType[] = Object.values(GrantType);
/** The response types a client can be registered for. */
export const CLIENT_RESPONSE_TYPES: readonly ResponseType[] = Object.values(ResponseType);
/** The ways a client can prove itself at the token endpoint (OIDC Core §9). */
export const CLIENT_AUTH_METHODS: readonly ClientAuthenticationMethod[] = Object.values(ClientAuthenticationMethod);
/** The algorithms a client can choose for its ID tokens and its userinfo (OIDC Core §2, §5.3.2, §10.1); never `none`. */
export const ID_TOKEN_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', ...CLIENT_MAC_ALGORITHMS] as const;
/** The algorithms a client can sign its assertions with (RFC 7523 §3). */
export const ASSERTION_ALGORITHMS = [...CLIENT_SIGNING_ALGORITHMS, ...CLIENT_MAC_ALGORITHMS] as const;
/** The algorithms a client can sign its request objects with (RFC 9101 §6.1): never `none`. */
export const REQUEST_OBJECT_ALGORITHMS = CLIENT_SIGNING_ALGORITHMS;
/** What decides which redirect URIs a client may have (OIDC Registration §2). */
export const APPLICATION_TYPES = ['web', 'native'] as const;
/** How `sub` is made for a client (OIDC Core §8). */
export const SUBJECT_TYPES = ['public', 'pairwise'] as const;
/** When the consent page is shown. */
export const CONSENT_POLICIES = ['ask', 'skip', 'always'] as const;
/** How long users may be allowed to approve what a client asks, the shortest first. */
export const CONSENT_DURATIONS = ['once', 'days', 'forever'] as const;
/** Which `aud` a client assertion may carry (RFC 7523 §3 and its audience update). */
export const ASSERTION_AUDIENCES = ['issuer', 'compat'] as const;
/** Whether a refresh token is replaced at each use (RFC 9700 §4.14.2). */
export const REFRESH_TOKEN_ROTATIONS = ['rotate', 'static'] as const;

/** A set of defaults and rules for a usual kind of client. */
export type ClientProfile = (typeof CLIENT_PROFILES)[number];

/** The public keys of a client, by value (RFC 7517 §5). */
export interface ClientJwks {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** Everything about a client that whoever registers it decides (RFC 7591 §2, OIDC Registration §2, and our own members). */
export interface ClientMetadata {
  readonly clientName?: string;
  readonly status: (typeof CLIENT_STATUSES)[number];
  readonly profile: ClientProfile;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly grantTypes: readonly GrantType[];
  readonly responseTypes: readonly ResponseType[];
  readonly tokenEndpointAuthMethod: ClientAuthenticationMethod;
  readonly tokenEndpointAuthSigningAlg?: (typeof ASSERTION_ALGORITHMS)[number];
  readonly jwks?: ClientJwks;
  readonly jwksUri?: string;
  readonly applicationType: (typeof APPLICATION_TYPES)[number];
  readonly subjectType: (typeof SUBJECT_TYPES)[number];
  readonly sectorIdentifierUri?: string;
  readonly idTokenSignedResponseAlg: (typeof ID_TOKEN_ALGORITHMS)[number];
  readonly idTokenEncryptedResponseAlg?: KeyEncryptionAlgorithm;
  readonly idTokenEncryptedResponseEnc?: ContentEncryptionAlgorithm;
  readonly userinfoSignedResponseAlg?: (typeof ID_TOKEN_ALGORITHMS)[number];
  readonly userinfoEncryptedResponseAlg?: KeyEncryptionAlgorithm;
  readonly userinfoEncryptedResponseEnc?: ContentEncryptionAlgorithm;
  readonly requestObjectSigningAlg?: (typeof REQUEST_OBJECT_ALGORITHMS)[number];
  readonly requestObjectEncryptionAlg?: KeyEncryptionAlgorithm;
  readonly requestObjectEncryptionEnc?: ContentEncryptionAlgorithm;
  readonly requestUris: readonly string[];
  readonly requireSignedRequestObject?: boolean;
  readonly backchannelLogoutUri?: string;
  readonly backchannelLogoutSessionRequired?: boolean;
  readonly frontchannelLogoutUri?: string;
  readonly frontchannelLogoutSessionRequired?: boolean;
  readonly requirePkce: boolean;
  readonly firstParty: boolean;
  /** Whether an administrator has checked a client that registered itself; means nothing for others. */
  readonly vetted?: boolean;
  /** The id of the user who looks after it. */
  readonly owner?: string;
  /** Whether users find the client among their applications; they do unless this is false. */
  readonly listed?: boolean;
  readonly consent: (typeof CONSENT_POLICIES)[number];
  /** For how long users may approve; as they like when absent. */
  readonly consentDurations?: readonly (typeof CONSENT_DURATIONS)[number][];
  /** For how many days at most, where they may approve for days. */
  readonly consentMaxDays?: number;
  /** After how many seconds users are asked again, however long they approved for. */
  readonly consentMaxAge?: number;
  /** Whether users prove a second factor for it, and which kinds will do; the strictest word holds. */
  readonly secondFactor?: SecondFactorChoice['secondFactor'];
  readonly secondFactorKinds?: SecondFactorChoice['secondFactorKinds'];
  readonly scope: readonly string[];
  readonly optionalScope: readonly string[];
  /** Those of them that are not ticked at first; all others are. */
  readonly untickedScope?: readonly string[];
  /** Those of all that the company approves for everybody, so that nobody is asked. */
  readonly companyApprovedScope?: readonly string[];
  readonly defaultScope: readonly string[];
  readonly defaultResource?: string;
  readonly allowedGroups?: readonly string[];
  readonly clientAssertionAudience: (typeof ASSERTION_AUDIENCES)[number];
  readonly refreshTokenRotation: (typeof REFRESH_TOKEN_ROTATIONS)[number];
  readonly authorizationCodeLifetime?: number;
  readonly accessTokenLifetime?: number;
  readonly idTokenLifetime?: number;
  readonly refreshTokenIdleLifetime?: number;
  readonly refreshTokenLifetime?: number;
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
  readonly contacts: readonly string[];
  readonly initiateLoginUri?: string;
  readonly defaultMaxAge?: number;
  readonly requireAuthTime?: boolean;
  readonly defaultAcrValues: readonly string[];
  readonly softwareId?: string;
  readonly softwareVersion?: string;
  /** What a trusted issuer said of the client when it registered itself, as it was sent (RFC 7591 §2.3). */
  readonly softwareStatement?: string;
}

/** What is given when a client is registered or changed; whatever is missing gets its default. */
export type ClientMetadataInput = { readonly [K in keyof ClientMetadata]?: ClientMetadata[K] | undefined };

/** Changes to a client: a member that is there replaces, null brings the default back, what is missing stays. */
export type ClientMetadataChanges = { readonly [K in keyof ClientMetadata]?: ClientMetadata[K] | null };

/** One fault of the metadata, with the place of it and the code of RFC 7591 §3.2.2. */
export interface MetadataProblem {
  readonly pointer: string;
  readonly detail: string;
  readonly error: 'invalid_redirect_uri' | 'invalid_client_metadata';
}

/** The wire name of a member, as RFC 7591 §2 writes it. */
export function wireName(member: keyof ClientMetadata): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Tells whether a URI is plain http to this very machine, which no one on the network can read. */
export function isLoopbackHttp(uri: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?]|$)/.test(uri);
}
