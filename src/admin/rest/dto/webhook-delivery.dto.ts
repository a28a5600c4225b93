import type { DeliveryOutcome } from '#platform/events/index.js';
import type { WebhookDelivery } from '#webhooks/index.js';
import { ChoiceMember, NumberMember, TextMember, type Plain } from '../member.decorators.js';
import { LogoutDeliveryAnswer, logoutDeliveryAnswer } from './logout-delivery.dto.js';

/** What a webhook was told or is to be told, as it is answered. */
export class WebhookDeliveryAnswer extends LogoutDeliveryAnswer {
  @TextMember({ about: 'The event, by its name.', required: true })
  event!: string;

  @TextMember({ about: 'The webhook-id, the same for each attempt and each repetition.', required: true })
  message_id!: string;

  @NumberMember({ about: 'The status of the last answer.' })
  response_status?: number;
}

/** What came of a test, as it is answered. */
export class WebhookTestAnswer {
  @ChoiceMember(['delivered', 'failed'], { about: 'Whether the webhook took the test.', required: true })
  outcome!: string;

  @TextMember({ about: 'The webhook-id of the test.', required: true })
  message_id!: string;

  @NumberMember({ about: 'The status of the answer.' })
  response_status?: number;

  @TextMember({ about: 'Why it did not come about.' })
  detail?: string;
}

/** A delivery as it is answered. */
export function webhookDeliveryAnswer(delivery: WebhookDelivery): Plain<WebhookDeliveryAnswer> {
  const { payload, responseStatus } = delivery;
  return {
    ...logoutDeliveryAnswer(delivery),
    event: payload.type,
    message_id: payload.id,
    ...(responseStatus !== undefined && { response_status: responseStatus }),
  };
}

/** What came of a test, as it is answered. */
export function webhookTestAnswer(messageId: string, delivery: DeliveryOutcome): Plain<WebhookTestAnswer> {
  const { responseStatus } = delivery;
  return {
    outcome: delivery.outcome === 'delivered' ? 'delivered' : 'failed',
    message_id: messageId,
    ...(responseStatus !== undefined && { response_status: responseStatus }),
    ...(delivery.outcome !== 'delivered' && { detail: delivery.detail }),
  };
}
