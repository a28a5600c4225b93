import type { ClientMetadata } from '../client-metadata.js';
import type { Found } from './rule.js';

/** The most that an administrator may choose of what limits approvals. */
export const CONSENT_BOUNDS = { consentMaxDays: 3650, consentMaxAge: 10 * 365 * 24 * 60 * 60 } as const;

/** Who is asked when, for how long, and what is ticked in advance. */
export function consent(metadata: ClientMetadata): Found[] {
  const { consent: policy, firstParty, consentDurations, untickedScope = [], optionalScope } = metadata;
  const found: Found[] = [];
  if (policy === 'skip' && !firstParty) found.push(['consent', 'may be skip only for a first_party client']);
  if (consentDurations?.length === 0) found.push(['consentDurations', 'must name at least one']);
  if (!untickedScope.every((name) => optionalScope.includes(name))) {
    found.push(['untickedScope', 'must only have scopes that optional_scope has']);
  }
  if (!(metadata.companyApprovedScope ?? []).every((name) => metadata.scope.includes(name))) {
    found.push(['companyApprovedScope', 'must only have scopes that scope has']);
  }
  return [...found, ...bounds(metadata)];
}

function bounds(metadata: ClientMetadata): Found[] {
  return (['consentMaxDays', 'consentMaxAge'] as const).flatMap((member): Found[] => {
    const [value, most] = [metadata[member], CONSENT_BOUNDS[member]];
    const fits = value === undefined || (Number.isInteger(value) && value >= 1 && value <= most);
    return fits ? [] : [[member, `must be a whole number from 1 to ${most}`]];
  });
}
