import {
  TOLD_EVENTS,
  type NewWebhookSecret,
  type Webhook,
  type WebhookInput,
  type WebhookSecret,
} from '#webhooks/index.js';
import {
  ChoiceMember,
  InstantMember,
  NumberMember,
  TextMember,
  TextOrListMember,
  type Plain,
} from '../member.decorators.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

/** A place outside to be told of events. */
export class NewWebhook {
  @TextMember({ about: 'Where it is told.', required: true, schema: { format: 'uri', maxLength: 2000 } })
  url!: string;

  @TextOrListMember({
    about: 'The events it is told of, or "*" for every one, also later ones.',
    required: true,
    text: '*',
    values: TOLD_EVENTS,
  })
  events!: readonly string[] | '*';

  @TextMember({ about: 'What it is for.', schema: { maxLength: 255 } })
  description?: string;

  @ChoiceMember(['active', 'disabled'], { about: 'Whether it is told anything.', default: 'active' })
  status?: Webhook['status'];
}

/** A webhook as it is answered; never a secret. */
export class WebhookAnswer extends NewWebhook {
  @TextMember({ about: 'The id of the webhook.', required: true, readOnly: true })
  id!: string;

  @ChoiceMember(['gone', 'failing'], {
    about: 'Why the service stopped by itself: it answered 410, or took nothing for days.',
    readOnly: true,
  })
  disabled_because?: string;

  @InstantMember({ about: 'Since when it has taken nothing.', readOnly: true })
  failing_since?: string;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** A webhook that was just made: the only answer with its first secret. */
export class MadeWebhook extends WebhookAnswer {
  @TextMember({ about: 'The secret that signs, shown this once.', required: true, readOnly: true })
  secret!: string;
}

/** The members of a webhook that only the service sets. */
export const FIXED_WEBHOOK_MEMBERS = { fixed: ['id', 'disabled_because', 'failing_since', ...STAMP_MEMBERS] };

/** How a secret takes over from those before it. */
export class SecretRotation {
  @NumberMember({
    about: 'Seconds in which the secrets before it sign as well.',
    schema: { minimum: 0, maximum: 604_800, default: 86_400 },
  })
  overlap?: number;
}

/** What is known of a secret that signs. */
export class WebhookSecretAnswer {
  @TextMember({ about: 'The id of the secret.', required: true, readOnly: true })
  id!: string;

  @InstantMember({ about: 'When it was made.', required: true, readOnly: true })
  created_at!: string;

  @InstantMember({
    about: 'Until when it signs; null for as long as it has no successor.',
    required: true,
    readOnly: true,
    nullable: true,
  })
  expires_at!: string | null;
}

/** A secret that was just made: the only answer with its value. */
export class MadeWebhookSecret extends WebhookSecretAnswer {
  @TextMember({ about: 'The value, shown this once.', required: true, readOnly: true })
  secret!: string;
}

/** Reads a message as what an administrator decides about a webhook. */
export function webhookInput({ url, events, description, status = 'active' }: Plain<NewWebhook>): WebhookInput {
  return { url, events, description, status };
}

/** A webhook as it is answered. */
export function webhookAnswer(webhook: Webhook): Plain<WebhookAnswer> {
  const { id, url, events, description, status, disabledBecause, failingSince } = webhook;
  return {
    id,
    url,
    events,
    ...(description !== undefined && { description }),
    status,
    ...(disabledBecause !== undefined && { disabled_because: disabledBecause }),
    ...(failingSince && { failing_since: failingSince.toISOString() }),
    ...stampsOf(webhook),
  };
}

/** A secret as it is answered. */
export function webhookSecretAnswer({ id, createdAt, expiresAt }: WebhookSecret): Plain<WebhookSecretAnswer> {
  return { id, created_at: createdAt.toISOString(), expires_at: expiresAt?.toISOString() ?? null };
}

/** A secret that was just made, as it is answered. */
export function madeWebhookSecret(secret: NewWebhookSecret): Plain<MadeWebhookSecret> {
  return { ...webhookSecretAnswer(secret), secret: secret.value };
}
