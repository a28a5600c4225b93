import type { StandardClaims } from '#users/index.js';
import { PRESETS } from '../presets/index.js';
import type { UpstreamClaims } from '../presets/preset.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import { textAt, textsAt, valueAt } from './claim-path.js';
import { isSubject } from './id-token-claims.js';

/** An address that a provider states, and whether it vouches that it is this person's. */
export interface UpstreamEmail {
  readonly address: string;
  readonly verified: boolean;
}

/** Who somebody is at a provider: issuer and subject are the key, all else is what is said of them. */
export interface UpstreamIdentity {
  readonly providerId: string;
  readonly issuer: string;
  readonly subject: string;
  /** Without the e-mail address. */
  readonly claims: StandardClaims;
  readonly email?: UpstreamEmail | undefined;
  /** The organisation at the provider that the account belongs to. */
  readonly organisation?: string | undefined;
  readonly groups: readonly string[];
  /** How the provider says that they proved it (RFC 8176 §2). */
  readonly amr: readonly string[];
  /** When the provider says that they did, in seconds. */
  readonly authTime?: number | undefined;
}

/** Reads what a provider said; undefined when it does not say whom it speaks of. `issuer` is who signed it, or else the address that answered. */
export function identityFrom(
  provider: UpstreamProvider,
  issuer: string,
  said: UpstreamClaims,
): UpstreamIdentity | undefined {
  const preset = PRESETS[provider.preset];
  const {
    sub: subjectPath = 'sub',
    email: emailPath = 'email',
    ...paths
  } = { ...preset.claims, ...provider.claimMapping };
  const subject = textAt(said, subjectPath);
  if (!isSubject(subject)) return undefined;
  const address = textAt(said, emailPath);
  const { organisation: organisationPath, email_verified: _verified, ...others } = paths;
  const claims = Object.entries(others).map(([name, path]) => [name, textAt(said, path)] as const);
  return {
    providerId: provider.id,
    issuer,
    subject,
    claims: Object.fromEntries(claims.filter(([, value]) => value !== undefined)),
    email: address === undefined ? undefined : { address, verified: isVouchedFor(provider, said, address) },
    organisation: organisationPath === undefined ? preset.organisation?.(said) : textAt(said, organisationPath),
    groups: provider.groupsClaim === undefined ? [] : textsAt(said, provider.groupsClaim),
    amr: textsAt(said, 'amr'),
    authTime: typeof said['auth_time'] === 'number' ? said['auth_time'] : undefined,
  };
}

/** Whether the provider says, in its own way, that the address belongs to this person. */
function isVouchedFor({ preset, claimMapping, trustEmail }: UpstreamProvider, said: UpstreamClaims, address: string) {
  const { vouchesFor } = PRESETS[preset];
  const path = claimMapping['email_verified'];
  if (trustEmail) return true;
  if (path === undefined && vouchesFor !== undefined) return vouchesFor(said, address);
  const verified = valueAt(said, path ?? 'email_verified');
  return verified === true || verified === 'true'; // some write it as text
}

/** By which name somebody knows their own account at a provider. */
export function labelOf({ email, claims }: UpstreamIdentity): string | undefined {
  const label = email?.address ?? claims.preferred_username ?? claims.name;
  return label?.slice(0, 255);
}
