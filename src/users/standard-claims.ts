import { SCOPE_CLAIMS } from '#standards/oidc.js';

/** The parts of a postal address (OIDC Core §5.1.1). */
export const ADDRESS_MEMBERS = ['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country'] as const;

/** A postal address (OIDC Core §5.1.1). */
export type AddressClaim = { readonly [Member in (typeof ADDRESS_MEMBERS)[number]]?: string };

/** What OpenID Connect knows to say about a person, under its wire names (OIDC Core §5.1). */
export interface StandardClaims {
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly middle_name?: string;
  readonly nickname?: string;
  readonly preferred_username?: string;
  readonly profile?: string;
  readonly picture?: string;
  readonly website?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly gender?: string;
  readonly birthdate?: string;
  readonly zoneinfo?: string;
  readonly locale?: string;
  readonly phone_number?: string;
  readonly phone_number_verified?: boolean;
  readonly address?: AddressClaim;
}

/** The claims that hold one line of text, and how long it may be. */
export const TEXT_CLAIMS = {
  name: 255,
  given_name: 255,
  family_name: 255,
  middle_name: 255,
  nickname: 255,
  preferred_username: 255,
  profile: 2048,
  picture: 2048,
  website: 2048,
  email: 254,
  gender: 64,
  birthdate: 10,
  zoneinfo: 64,
  locale: 35,
  phone_number: 64,
} as const;

/** What the claims of a user are made from. */
interface ClaimsOwner {
  readonly username: string;
  readonly claims: StandardClaims;
  readonly updatedAt: Date;
}

/** The claims a user's scopes release, without `sub`: what is not known is left out (OIDC Core §5.4, §5.3.2). */
export function standardClaims(user: ClaimsOwner, scopes: readonly string[]): Record<string, unknown> {
  const asked = Object.entries(SCOPE_CLAIMS).flatMap(([scope, names]) => (scopes.includes(scope) ? names : []));
  return claimsNamed(user, asked);
}

/** The claims of these names, without `sub`: what is not known is left out (OIDC Core §5.5, §5.3.2). */
export function claimsNamed(user: ClaimsOwner, names: readonly string[]): Record<string, unknown> {
  const known = knownClaims(user);
  return Object.fromEntries(names.filter((name) => known[name] !== undefined).map((name) => [name, known[name]]));
}

function knownClaims({ username, claims, updatedAt }: ClaimsOwner) {
  const known: Record<string, unknown> = {
    preferred_username: username,
    ...claims,
    updated_at: Math.floor(updatedAt.getTime() / 1000),
  };
  // OIDC Core §5.1: whether it is verified says nothing without the address or number itself.
  known['email_verified'] = claims.email === undefined ? undefined : (claims.email_verified ?? false);
  known['phone_number_verified'] =
    claims.phone_number === undefined ? undefined : (claims.phone_number_verified ?? false);
  return known;
}
