import { CONSENT_DURATIONS, isVetted, type Client } from '#clients/index.js';
import { approvedClaim, consentCoverage, meansTheSame, type ApprovedScope } from '#consent/index.js';
import type { Scope } from '#resources/index.js';
import { SCOPE_OF_CLAIM, STANDARD_SCOPES, StandardScope } from '#standards/oidc.js';
import { neededApprovals, type DisplayFacts, type NamedClaim } from './authorization-facts.js';
import { asksAfresh, canBeImpersonated } from './prompts/consent.prompt.js';
import type { Prompt } from './prompts/prompt.js';
import { shownVersions } from './standing-approvals.js';

/** How many days the middle choice of the consent page lasts, unless the client's record allows fewer. */
const OFFERED_DAYS = 30;

/** How long an approval lasts. */
export type ConsentDurationChoice =
  | { readonly kind: 'once' | 'forever' }
  | { readonly kind: 'days'; readonly days: number; readonly most?: number | undefined };

/** What the consent page asks: scopes, and single claims under the names of their approvals. */
export interface ConsentOffer {
  /** Granted whenever the user allows anything, in the order asked for. */
  readonly required: readonly string[];
  /** Left to the user. */
  readonly optional: readonly string[];
  /** Those of them that are ticked at first. */
  readonly ticked: readonly string[];
  /** Approved earlier and not asked again; folded away on the page. */
  readonly settled: readonly ApprovedScope[];
  /** Marked as new, because other things were approved earlier. */
  readonly fresh: ReadonlySet<string>;
  /** Marked as changed, because they were approved when they meant something else. */
  readonly changed: ReadonlySet<string>;
  /** The first is for this time only; the others are there when an approval may be remembered. */
  readonly durations: readonly ConsentDurationChoice[];
}

/** Why the user cannot leave something out. */
export type RequiredRule = 'scope.openid' | 'request.essential_claim' | 'client.required_scope';

/** Why something optional is not ticked at first. */
export type UntickedRule = 'client.unticked_scope' | 'client.unvetted';

/** Why an approval is good for one time only. */
export type OnceRule = 'client.always_ask' | 'client.can_be_impersonated';

const EVERY_TIME: readonly ConsentDurationChoice[] = [{ kind: 'once' }];

/** What else is known when an offer is made. */
export interface OfferContext {
  /** Approvals that do not cover anything any more, besides those that do. */
  readonly earlier?: readonly ApprovedScope[];
  /** The records of the scopes that are asked for. */
  readonly scopes?: readonly Scope[];
}

/** What to ask a user who approved some of it earlier (only what is new, unless everything is asked afresh). */
export function consentOffer(
  client: Client,
  request: Pick<DisplayFacts, 'scope' | 'namedClaims' | 'redirectUri'>,
  approved: readonly ApprovedScope[],
  { reason }: Pick<Prompt, 'reason'>,
  { earlier = approved, scopes = [] }: OfferContext = {},
): ConsentOffer {
  const needed = neededApprovals(request);
  const known = consentCoverage(approved, needed).approved;
  const settled = asksAfresh(reason) ? [] : known;
  const asked = without(needed, settled);
  const optional = asked.filter((name) => requiredRule(client, name, request.namedClaims) === undefined);
  return {
    required: asked.filter((name) => !optional.includes(name)),
    optional,
    ticked: optional.filter((name) => untickedRule(client, name) === undefined),
    settled,
    fresh: new Set(earlier.length > 0 ? consentCoverage(earlier, asked).missing : []),
    changed: new Set(consentCoverage(changedMeaning(earlier, scopes), asked).approved.map(({ scope }) => scope)),
    durations: durations(client, request.redirectUri),
  };
}

function changedMeaning(earlier: readonly ApprovedScope[], scopes: readonly Scope[]): ApprovedScope[] {
  const versions = shownVersions(scopes);
  return earlier.filter((approval) => !meansTheSame(approval, versions.get(approval.scope)));
}

/** Why an approval of a client is good for one time; nothing when it may be remembered. */
export function onceRule(client: Client, redirectUri: string): OnceRule | undefined {
  if (client.consent === 'always') return 'client.always_ask';
  return canBeImpersonated(client, redirectUri) ? 'client.can_be_impersonated' : undefined;
}

/** Allowing for days is the usual choice; a client that asks every time is allowed nothing beyond. */
function durations(client: Client, redirectUri: string): readonly ConsentDurationChoice[] {
  if (onceRule(client, redirectUri) !== undefined) return EVERY_TIME;
  const { consentDurations: kinds = CONSENT_DURATIONS, consentMaxDays: most } = client;
  return CONSENT_DURATIONS.filter((kind) => kinds.includes(kind)).map((kind) =>
    kind === 'days' ? { kind, days: Math.min(OFFERED_DAYS, most ?? OFFERED_DAYS), most } : { kind },
  );
}

/**
 * Why something optional is not ticked at first; nothing when it is. What a company API guards never is for a client that
 * nobody here has checked.
 */
export function untickedRule(client: Client, name: string): UntickedRule | undefined {
  if (client.untickedScope?.includes(name) === true) return 'client.unticked_scope';
  const isStandard = approvedClaim(name) !== undefined || STANDARD_SCOPES.some((standard) => standard === name);
  return isStandard || isVetted(client) ? undefined : 'client.unvetted';
}

function without(names: readonly string[], approvals: readonly ApprovedScope[]): string[] {
  return names.filter((name) => !approvals.some(({ scope }) => scope === name));
}

/**
 * Why the user cannot leave something out; nothing when they can: never `openid`, without which there is no sign-in (OIDC
 * Core §3.1.2.1), nor a claim that the client calls essential (OIDC Core §5.5.1); another claim if its scope could be.
 */
export function requiredRule(
  { optionalScope }: Client,
  name: string,
  namedClaims: readonly NamedClaim[] = [],
): RequiredRule | undefined {
  if (name === StandardScope.OpenId) return 'scope.openid';
  const claim = approvedClaim(name);
  const named = namedClaims.find((one) => one.name === claim);
  if (named?.essential === true) return 'request.essential_claim';
  const scopes = claim === undefined ? [name] : (named?.scopes ?? [SCOPE_OF_CLAIM.get(claim) ?? '']);
  return scopes.some((scope) => optionalScope.includes(scope)) ? undefined : 'client.required_scope';
}
