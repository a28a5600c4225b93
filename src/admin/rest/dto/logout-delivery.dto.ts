import type { Delivery, DeliveryStatus } from '#platform/events/index.js';
import { ChoiceMember, InstantMember, NumberMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** A sign-out that a client is told of, as it is answered; never the token. */
export class LogoutDeliveryAnswer {
  @TextMember({ about: 'The id of the delivery.', required: true })
  id!: string;

  @ChoiceMember(['pending', 'delivered', 'failed'], { about: 'Where it stands.', required: true })
  status!: DeliveryStatus;

  @NumberMember({ about: 'How often it was tried.', required: true })
  attempts!: number;

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'When it was last tried.' })
  last_attempt_at?: string;

  @TextMember({ about: 'Why the last attempt failed.' })
  last_error?: string;

  @InstantMember({ about: 'When it is tried again.' })
  next_attempt_at?: string;
}

/** A delivery as it is answered. */
export function logoutDeliveryAnswer(delivery: Delivery): Plain<LogoutDeliveryAnswer> {
  const { id, status, attempts, createdAt, lastAttemptAt, lastError, nextAttemptAt } = delivery;
  return {
    id,
    status,
    attempts,
    created_at: createdAt.toISOString(),
    ...(lastAttemptAt && { last_attempt_at: lastAttemptAt.toISOString() }),
    ...(lastError !== undefined && { last_error: lastError }),
    ...(nextAttemptAt && { next_attempt_at: nextAttemptAt.toISOString() }),
  };
}
