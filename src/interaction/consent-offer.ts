import { approvedClaim, consentCoverage, type ApprovedScope } from '#consent/index.js';
import { SCOPE_OF_CLAIM, StandardScope } from '#standards/oidc.js';
import type { Client } from '#clients/index.js';
import { neededApprovals, type DisplayFacts, type NamedClaim } from './authorization-facts.js';
import { asksAfresh, canBeImpersonated } from './prompts/consent.prompt.js';
import type { Prompt } from './prompts/prompt.js';

/** How many days the middle choice of the consent page lasts. */
const OFFERED_DAYS = 30;

/** How long an approval lasts. */
export type ConsentDurationChoice =
  { readonly kind: 'once' | 'forever' } | { readonly kind: 'days'; readonly days: number };

/** What the consent page asks: scopes, and single claims under the names of their approvals. */
export interface ConsentOffer {
  /** Granted whenever the user allows anything, in the order asked for. */
  readonly required: readonly string[];
  /** Left to the user. */
  readonly optional: readonly string[];
  /** Approved earlier and not asked again; folded away on the page. */
  readonly settled: readonly ApprovedScope[];
  /** Marked as new, because other things were approved earlier. */
  readonly fresh: ReadonlySet<string>;
  /** The first is for this time only; the others are there when an approval may be remembered. */
  readonly durations: readonly ConsentDurationChoice[];
}

const EVERY_TIME: readonly ConsentDurationChoice[] = [{ kind: 'once' }];
const REMEMBERED: readonly ConsentDurationChoice[] = [
  { kind: 'once' },
  { kind: 'days', days: OFFERED_DAYS },
  { kind: 'forever' },
];

/** What to ask a user who approved some of it earlier (only what is new, unless everything is asked afresh). */
export function consentOffer(
  client: Client,
  request: Pick<DisplayFacts, 'scope' | 'namedClaims' | 'redirectUri'>,
  approved: readonly ApprovedScope[],
  { reason }: Pick<Prompt, 'reason'>,
): ConsentOffer {
  const needed = neededApprovals(request);
  const known = consentCoverage(approved, needed).approved;
  const everyTime = client.consent === 'always' || canBeImpersonated(client, request.redirectUri);
  const settled = asksAfresh(reason) ? [] : known;
  const asked = without(needed, settled);
  const optional = asked.filter((name) => isOptional(client, name, request.namedClaims));
  return {
    required: asked.filter((name) => !optional.includes(name)),
    optional,
    settled,
    fresh: new Set(known.length > 0 ? without(asked, known) : []),
    durations: everyTime ? EVERY_TIME : REMEMBERED,
  };
}

function without(names: readonly string[], approvals: readonly ApprovedScope[]): string[] {
  return names.filter((name) => !approvals.some(({ scope }) => scope === name));
}

/**
 * Whether the user may leave it out: never `openid`, without which there is no sign-in (OIDC Core §3.1.2.1), nor a claim
 * that the client calls essential (OIDC Core §5.5.1); another claim if its scope could be left out.
 */
function isOptional({ optionalScope }: Client, name: string, namedClaims: readonly NamedClaim[] = []): boolean {
  const claim = approvedClaim(name);
  if (claim === undefined) return name !== StandardScope.OpenId && optionalScope.includes(name);
  const named = namedClaims.find((one) => one.name === claim);
  if (named?.essential === true) return false;
  const scopes = named?.scopes ?? [SCOPE_OF_CLAIM.get(claim) ?? ''];
  return scopes.some((scope) => optionalScope.includes(scope));
}
