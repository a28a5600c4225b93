import type { ClientAuthentication, ProviderChoices } from '../providers/provider-choices.js';

/** What a provider says about somebody, under its own names. */
export type UpstreamClaims = Readonly<Record<string, unknown>>;

/** Where a provider without a discovery document is reached. */
export interface KnownEndpoints {
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string;
}

/** What a sign-in asks of the provider beside what every one does. */
export interface AuthorizationWish {
  readonly choices: ProviderChoices;
  /** The user is to prove anew who they are. */
  readonly afresh: boolean;
  readonly loginHint?: string | undefined;
}

/** Something that is asked of the provider's API with the access token. */
export interface ProfileQuestion {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What asking a profile needs. */
export interface ProfileAccess {
  readonly userinfo: string;
  readonly accessToken: string;
  readonly clientSecret: string | undefined;
  /** Asks, and reads the JSON that is answered. */
  readonly ask: (question: ProfileQuestion) => Promise<unknown>;
}

/** What is known of a provider before anybody configures it. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  /** By what it says who somebody is: a signed ID token, or the answer of an API to an access token. */
  readonly protocol: 'oidc' | 'oauth2';
  readonly scope: string;
  readonly clientAuthentication: ClientAuthentication;
  /** Where our claims are in what it says, as dotted paths; `sub` is who it is. */
  readonly claims: Readonly<Record<string, string>>;
  /** The issuer whose discovery document tells the rest (OIDC Discovery §4). */
  readonly issuer?: (choices: ProviderChoices) => string | undefined;
  readonly endpoints?: KnownEndpoints;
  /** Parameters of the authorization request of its own. */
  readonly parameters?: (wish: AuthorizationWish) => Readonly<Record<string, string>>;
  /** Reads the profile; without it there is nothing to read but the ID token. */
  readonly profile?: (access: ProfileAccess) => Promise<UpstreamClaims>;
  /** Whether it vouches for the address that it states; without it, it does where it says `email_verified`. */
  readonly vouchesFor?: (claims: UpstreamClaims, address: string) => boolean;
  /** The organisation at the provider that the account belongs to. */
  readonly organisation?: (claims: UpstreamClaims) => string | undefined;
  /** Set where an organisation goes by its domain. */
  readonly organisationIsDomain?: true;
}

/** The profile of everybody who has one answer to one question (OIDC Core §5.3.1, RFC 6750 §2.1). */
export async function userinfoProfile({ userinfo, accessToken, ask }: ProfileAccess): Promise<UpstreamClaims> {
  return claimsIn(await ask({ url: userinfo, headers: { authorization: `Bearer ${accessToken}` } }));
}

/** The answer as claims; none of it when it is no object. */
export function claimsIn(answer: unknown): UpstreamClaims {
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? (answer as UpstreamClaims) : {};
}

/** Where OpenID Connect has the claims: under their own names (OIDC Core §5.1). */
export const STANDARD_CLAIMS: Preset['claims'] = Object.fromEntries(
  [
    'sub',
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'email',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
  ].map((name) => [name, name]),
);
