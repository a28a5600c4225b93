import { Webhook as Signer } from 'standardwebhooks';
import type { WebhookMessage } from './webhook-message.js';

/** How secrets begin, so that they are recognised where they do not belong (Standard Webhooks, symmetric signatures). */
const PREFIX = 'whsec_';

/** Writes 32 random bytes, given in base64url, as a secret that receivers configure. */
export function secretFrom(random: string): string {
  return PREFIX + Buffer.from(random, 'base64url').toString('base64');
}

/** The headers of one attempt: signed with every secret that is good now, the newest first (Standard Webhooks, signature scheme). */
export function signedHeaders(
  { id, body }: WebhookMessage,
  secrets: readonly string[],
  now: Date,
): Readonly<Record<string, string>> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Signer(secret).sign(id, now, body)).join(' '),
  };
}
