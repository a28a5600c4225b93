import type { DeliveryOutcome } from '#platform/events/index.js';
import type { OutboundReceipt } from '#platform/http/index.js';
import type { Reception } from './webhook-metrics.js';

/** What an attempt came to, and how it was received. */
export interface WebhookOutcome {
  readonly reception: Reception;
  readonly delivery: DeliveryOutcome;
}

/** Standard Webhooks, responses: 2xx is taken, 410 says that nobody is there any more, all else is tried again. */
export function webhookOutcome(receipt: OutboundReceipt): WebhookOutcome {
  if (receipt.outcome === 'failed') {
    return { reception: 'unreachable', delivery: { outcome: 'retry', detail: receipt.detail } };
  }
  const { status: responseStatus } = receipt;
  if (responseStatus >= 200 && responseStatus < 300) {
    return { reception: 'taken', delivery: { outcome: 'delivered', responseStatus } };
  }
  const detail = `the answer has status ${responseStatus}`;
  if (responseStatus === 410) return { reception: 'gone', delivery: { outcome: 'failed', detail, responseStatus } };
  return { reception: 'refused', delivery: { outcome: 'retry', detail, responseStatus } };
}
