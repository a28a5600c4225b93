import type { ClientSecret, NewClientSecret } from '#clients/index.js';
import { InstantMember, TextMember, type Plain } from '../member.decorators.js';

/** A further secret to make. */
export class NewSecret {
  @InstantMember({ about: 'When it ends; never when absent.' })
  expires_at?: string;

  @InstantMember({
    about: 'When all other secrets of the client end that would be good for longer; as before when absent.',
  })
  others_end_at?: string;
}

/** What is known of a secret. */
export class SecretAnswer {
  @TextMember({ about: 'The id of the secret.', required: true, readOnly: true })
  id!: string;

  @InstantMember({ about: 'When it was made.', required: true, readOnly: true })
  created_at!: string;

  @InstantMember({ about: 'When it ends; null for never.', required: true, readOnly: true, nullable: true })
  expires_at!: string | null;

  @InstantMember({
    about: 'When the client last authenticated with it, to within an hour; null for never.',
    required: true,
    readOnly: true,
    nullable: true,
  })
  last_used_at!: string | null;
}

/** A secret that was just made: the only answer with its value. */
export class MadeSecret extends SecretAnswer {
  @TextMember({ about: 'The value, shown this once.', required: true, readOnly: true })
  client_secret!: string;
}

/** A secret as it is answered. */
export function secretAnswer({ id, createdAt, expiresAt, lastUsedAt }: ClientSecret): Plain<SecretAnswer> {
  return {
    id,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}

/** A secret that was just made, as it is answered. */
export function madeSecret(secret: NewClientSecret): Plain<MadeSecret> {
  return { ...secretAnswer(secret), client_secret: secret.value };
}
