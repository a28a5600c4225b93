import type { Client } from '#clients/index.js';
import { askedRule, mayGrant, neededApprovals, settledRule, type Approvals } from '#interaction/index.js';
import type { User } from '#users/index.js';
import { claimApproval } from '#consent/index.js';
import type { AuthorizationRequest } from '../authorization-request.js';
import { droppedRule } from '../rules/scope.js';
import { approvalKind } from './simulated-consent.js';
import type { Walked } from './simulated-pages.service.js';
import type { SimulatedDecision } from './simulation.js';

/** What a request asked, and what is known of whom it met. */
export interface DecisionFacts {
  readonly client: Client;
  /** The names that were asked for, those that are dropped included. */
  readonly asked: readonly string[];
  readonly received: AuthorizationRequest;
  readonly user: User | undefined;
  readonly approvals: Approvals | undefined;
  readonly walked: Walked;
}

/** What becomes of each scope, and of each claim that needs an approval of its own, and by which rule. */
export function decisions(facts: DecisionFacts): SimulatedDecision[] {
  const { asked, received, user } = facts;
  const dropped = asked.flatMap((name): SimulatedDecision[] => {
    const rule = whyDropped(name, facts);
    return rule === undefined ? [] : [{ kind: 'scope', name, decision: 'dropped', rule }];
  });
  const grantable = (name: string): boolean => user === undefined || mayGrant(user, name);
  const scope = received.scope.filter(grantable);
  return [...dropped, ...neededApprovals({ ...received, scope }).map((name) => decisionOn(name, facts))];
}

/** Why something is not even asked for; nothing when it is. */
function whyDropped(name: string, { client, received, user }: DecisionFacts): string | undefined {
  const rule = droppedRule(client, name, received.responseType);
  if (rule !== undefined) return rule;
  if (!received.scope.includes(name)) return 'request.resource';
  return user === undefined || mayGrant(user, name) ? undefined : 'access.scope_not_grantable';
}

function decisionOn(name: string, { received, approvals, walked }: DecisionFacts): SimulatedDecision {
  const { consent, last } = walked;
  const what = approvalKind(name);
  if (consent !== undefined && isOffered(name, walked)) {
    const rule = askedRule(name, consent.decided.approvals, consent.prompt);
    if (last.outcome !== 'granted') return { ...what, decision: 'asked', rule };
    return { ...what, decision: isGranted(name, walked) ? 'granted' : 'declined', rule };
  }
  const settled = approvals && settledRule(name, approvals, received);
  if (settled !== undefined) {
    return { ...what, decision: last.outcome === 'granted' ? 'granted' : 'undecided', rule: settled };
  }
  return { ...what, decision: 'undecided', rule: last.outcome === 'granted' ? 'approval.missing' : last.rule };
}

function isOffered(name: string, { consent }: Walked): boolean {
  const { required = [], optional = [] } = consent?.decided.offer ?? {};
  return [...required, ...optional].includes(name);
}

function isGranted(name: string, { last }: Walked): boolean {
  if (last.outcome !== 'granted') return false;
  const { scope, claims } = last.granted;
  const named = [...(claims?.userinfo ?? []), ...(claims?.idToken ?? [])].map((claim) => claimApproval(claim.name));
  return [...scope, ...named].includes(name);
}
