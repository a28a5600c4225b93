import type { ReceiptFacts, ReceiptScope, ShownVersion } from '#consent/index.js';
import { durationValue, type ConsentDecision } from './consent-form.js';
import type { ShownConsent } from './consent-models.service.js';
import type { ConsentOffer } from './consent-offer.js';
import type { SignedInTurn } from './turn.js';

/** A page that was answered: what it offered, and what it said. */
export interface AnsweredPage {
  readonly offer: ConsentOffer;
  readonly shown: ShownConsent;
  readonly text: readonly string[];
  readonly versions: ReadonlyMap<string, ShownVersion>;
}

/** What was decided on a page. */
export type Decided = Extract<ConsentDecision, { readonly decision: 'allow' }> | { readonly decision: 'deny' };

/** Puts together what the receipt of a decision says. */
export function receiptFacts(
  { client, user, session, locale }: SignedInTurn,
  page: AnsweredPage,
  decided: Decided,
  expiresAt?: Date,
): ReceiptFacts {
  const { name, host } = page.shown.client;
  return {
    userId: user.id,
    clientId: client.clientId,
    sessionId: session.id,
    client: { name, host, version: client.version, updatedAt: client.updatedAt },
    language: locale,
    decision: decided.decision,
    ...(decided.decision === 'allow' ? { duration: durationValue(decided.duration) } : {}),
    expiresAt,
    scopes: receiptScopes(page, decided),
    text: page.text,
  };
}

function receiptScopes({ offer, versions }: AnsweredPage, decided: Decided): ReceiptScope[] {
  const approved = decided.decision === 'allow' ? decided.approved : [];
  const scope = (name: string, decision: ReceiptScope['decision']): ReceiptScope => {
    const { textVersion = 1, meaningVersion = 1 } = versions.get(name) ?? {};
    return { name, decision, textVersion, meaningVersion };
  };
  return [
    ...[...offer.required, ...offer.optional].map((name) =>
      scope(name, approved.includes(name) ? 'allowed' : 'denied'),
    ),
    ...offer.settled.map((approval) => scope(approval.scope, 'allowed_earlier')),
  ];
}
