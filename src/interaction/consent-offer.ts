import type { ApprovedScope } from '#consent/index.js';
import { StandardScope } from '#standards/oidc.js';
import type { Client } from '#clients/index.js';
import type { DisplayFacts } from './authorization-facts.js';
import { asksAfresh, canBeImpersonated } from './prompts/consent.prompt.js';
import type { Prompt } from './prompts/prompt.js';

/** How many days the middle choice of the consent page lasts. */
const OFFERED_DAYS = 30;

/** How long an approval lasts. */
export type ConsentDurationChoice =
  { readonly kind: 'once' | 'forever' } | { readonly kind: 'days'; readonly days: number };

/** What the consent page asks. */
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
  { scope, redirectUri }: Pick<DisplayFacts, 'scope' | 'redirectUri'>,
  approved: readonly ApprovedScope[],
  { reason }: Pick<Prompt, 'reason'>,
): ConsentOffer {
  const known = new Map(approved.map((approval) => [approval.scope, approval]));
  const everyTime = client.consent === 'always' || canBeImpersonated(client, redirectUri);
  const settled = asksAfresh(reason) ? [] : scope.flatMap((name) => known.get(name) ?? []);
  const asked = scope.filter((name) => !settled.some((approval) => approval.scope === name));
  const earlier = scope.some((name) => known.has(name));
  return {
    required: asked.filter((name) => !isOptional(client, name)),
    optional: asked.filter((name) => isOptional(client, name)),
    settled,
    fresh: new Set(earlier ? asked.filter((name) => !known.has(name)) : []),
    durations: everyTime ? EVERY_TIME : REMEMBERED,
  };
}

/** Whether the user may leave a scope out; never `openid`, without which there is no sign-in (OIDC Core §3.1.2.1). */
function isOptional({ optionalScope }: Client, name: string): boolean {
  return name !== StandardScope.OpenId && optionalScope.includes(name);
}
