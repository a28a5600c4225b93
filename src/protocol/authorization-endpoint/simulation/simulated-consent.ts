import type { Client } from '#clients/index.js';
import { approvedClaim } from '#consent/index.js';
import {
  askedRule,
  consentDecision,
  durationValue,
  onceRule,
  requiredRule,
  suggestedDuration,
  untickedRule,
  type ConsentDecision,
  type ConsentOffer,
  type DecidedOffer,
  type Prompt,
} from '#interaction/index.js';
import { PostedForm } from '#platform/http/index.js';
import type { AuthorizationRequest } from '../authorization-request.js';
import type { SimulatedConsent, SimulatedQuestion } from './simulation.js';

/** A consent page that came up, and what asks for it. */
export interface ShownConsentPage {
  readonly decided: DecidedOffer;
  readonly prompt: Prompt;
  readonly request: AuthorizationRequest;
}

/** What is approved under a name: a scope, or one claim. */
export function approvalKind(name: string): { readonly kind: 'scope' | 'claim'; readonly name: string } {
  const claim = approvedClaim(name);
  return claim === undefined ? { kind: 'scope', name } : { kind: 'claim', name: claim };
}

/** What the page says, with the rule for each thing. */
export function simulatedConsent(page: ShownConsentPage): SimulatedConsent {
  const { offer } = page.decided;
  const { client, redirectUri } = page.request;
  const suggested = suggestedDuration(offer.durations);
  return {
    asked: [...offer.required, ...offer.optional].map((name) => question(name, page)),
    settled: offer.settled.map(({ scope, approvedAt }) => ({ ...approvalKind(scope), since: approvedAt })),
    durations: offer.durations.map((one) => ({ value: durationValue(one), suggested: one === suggested })),
    durationRule: onceRule(client, redirectUri) ?? durationsRule(client),
  };
}

/** The form as the user sends it who allows what is left ticked, judged as every form is. */
export function allowing({ decided: { offer } }: ShownConsentPage, ticked = offer.ticked): ConsentDecision {
  const entries = ticked.map((name): [string, string] => ['scope', name]);
  return consentDecision(new PostedForm([['decision', 'allow'], ...entries]), offer);
}

function question(name: string, { decided, prompt, request }: ShownConsentPage): SimulatedQuestion {
  const { offer, approvals } = decided;
  return {
    ...approvalKind(name),
    mark: mark(name, offer),
    required: offer.required.includes(name),
    ticked: offer.ticked.includes(name),
    rule: askedRule(name, approvals, prompt),
    choiceRule: choiceRule(name, request),
  };
}

function choiceRule(name: string, { client, namedClaims }: AuthorizationRequest): string {
  return requiredRule(client, name, namedClaims) ?? untickedRule(client, name) ?? 'client.optional_scope';
}

function mark(name: string, { changed, fresh }: ConsentOffer): SimulatedQuestion['mark'] {
  if (changed.has(name)) return 'changed';
  return fresh.has(name) ? 'new' : 'none';
}

function durationsRule({ consentDurations, consentMaxDays }: Client): string {
  return consentDurations === undefined && consentMaxDays === undefined ? 'consent.durations' : 'client.durations';
}
