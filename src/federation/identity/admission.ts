import { PRESETS } from '../presets/index.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import type { UpstreamIdentity } from './upstream-identity.js';

/** The domain of an address in the form in which domains are configured; undefined for one that is not plain. */
export function domainOf(address: string): string | undefined {
  return /^[\x21-\x7e]+@([a-z0-9.-]+)$/i.exec(address)?.[1]?.toLowerCase();
}

/** Says why an account at a provider may not come in here; nothing when it may. */
export function admissionProblem(provider: UpstreamProvider, identity: UpstreamIdentity): string | undefined {
  const { allowedTenants, allowedDomains } = provider;
  if (!admits(allowedTenants, identity.organisation)) return 'its organisation is not an allowed tenant';
  return admits(allowedDomains, houseOf(provider, identity)) ? undefined : 'its domain is not allowed';
}

/** The domain of whoever answers for the account: its organisation where that is one, else its verified address. */
function houseOf({ preset }: UpstreamProvider, { organisation, email }: UpstreamIdentity): string | undefined {
  if (PRESETS[preset].organisationIsDomain === true) return organisation?.toLowerCase();
  return email?.verified === true ? domainOf(email.address) : undefined;
}

function admits(allowed: readonly string[], one: string | undefined): boolean {
  return allowed.length === 0 || (one !== undefined && allowed.includes(one));
}

/** Whether an address is enough to know whose account it is: the provider vouches for it, and speaks for its domain. */
export function isAuthoritative({ authoritativeDomains }: UpstreamProvider, { email }: UpstreamIdentity): boolean {
  if (email?.verified !== true) return false;
  const domain = domainOf(email.address);
  return domain !== undefined && authoritativeDomains.includes(domain);
}

/** Whether two addresses are one mailbox beyond doubt: nothing but the case of the domain may differ (RFC 5321 §2.4). */
export function sameMailbox(one: string, other: string): boolean {
  const [first, second] = [domainOf(one), domainOf(other)];
  if (first === undefined || first !== second) return false;
  return one.slice(0, one.lastIndexOf('@')) === other.slice(0, other.lastIndexOf('@'));
}
