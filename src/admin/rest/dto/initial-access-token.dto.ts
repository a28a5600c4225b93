import type { InitialAccessToken, NewInitialAccessToken } from '#clients/index.js';
import { InstantMember, NumberMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** The bounds of what may be said about an initial access token. */
export const INITIAL_ACCESS_TOKEN_BOUNDS = { description: 200, uses: 1_000_000 } as const;

const uses = { minimum: 1, maximum: INITIAL_ACCESS_TOKEN_BOUNDS.uses };

/** A right to register clients, to be made. */
export class NewInitialAccessTokenMembers {
  @TextMember({ about: 'Whom it is for.', schema: { maxLength: INITIAL_ACCESS_TOKEN_BOUNDS.description } })
  description?: string;

  @NumberMember({ about: 'How many clients it may register; any number when absent.', schema: uses })
  max_uses?: number;

  @InstantMember({ about: 'When it ends; never when absent.' })
  expires_at?: string;
}

/** What is known of an initial access token. */
export class InitialAccessTokenAnswer {
  @TextMember({ about: 'The id of the token.', required: true, readOnly: true })
  id!: string;

  @TextMember({ about: 'Whom it is for.', readOnly: true })
  description?: string;

  @NumberMember({ about: 'How many clients it may register; any number when absent.', readOnly: true })
  max_uses?: number;

  @NumberMember({ about: 'How many clients it has registered.', required: true, readOnly: true })
  uses!: number;

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'When it ends; null for never.', required: true, readOnly: true, nullable: true })
  expires_at!: string | null;
}

/** An initial access token that was just made: the only answer with its value. */
export class MadeInitialAccessToken extends InitialAccessTokenAnswer {
  @TextMember({ about: 'The value, shown this once.', required: true, readOnly: true })
  initial_access_token!: string;
}

/** An initial access token as it is answered. */
export function initialAccessTokenAnswer(token: InitialAccessToken): Plain<InitialAccessTokenAnswer> {
  return {
    id: token.id,
    ...(token.description === undefined ? {} : { description: token.description }),
    ...(token.maxUses === undefined ? {} : { max_uses: token.maxUses }),
    uses: token.uses,
    created_at: token.createdAt.toISOString(),
    expires_at: token.expiresAt?.toISOString() ?? null,
  };
}

/** An initial access token that was just made, as it is answered. */
export function madeInitialAccessToken(token: NewInitialAccessToken): Plain<MadeInitialAccessToken> {
  return { ...initialAccessTokenAnswer(token), initial_access_token: token.value };
}
