import type { Session } from '#sessions/index.js';
import { InstantMember, TextListMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** A browser's sign-in, as it is answered. */
export class SessionAnswer {
  @TextMember({
    about: 'The id of the session, which is also the sid that clients with public subjects see.',
    required: true,
  })
  id!: string;

  @TextMember({ about: 'The id of the user.', required: true })
  user_id!: string;

  @InstantMember({ about: 'When the user last proved who they are.', required: true })
  auth_time!: string;

  @TextListMember({ about: 'How they proved it.', required: true })
  amr!: readonly string[];

  @TextMember({ about: 'How strong that was.', required: true })
  acr!: string;

  @TextMember({ about: 'What the browser calls itself.' })
  user_agent?: string;

  @TextMember({ about: 'The address it came from.' })
  address?: string;

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'When it was last used.', required: true })
  last_seen_at!: string;

  @InstantMember({ about: 'When it ends unless it is used.', required: true })
  expires_at!: string;
}

/** A session as it is answered. */
export function sessionAnswer(session: Session): Plain<SessionAnswer> {
  const { id, userId, amr, acr, userAgent, address } = session;
  return {
    id,
    user_id: userId,
    auth_time: session.authTime.toISOString(),
    amr,
    acr,
    ...(userAgent === undefined ? {} : { user_agent: userAgent }),
    ...(address === undefined ? {} : { address }),
    created_at: session.createdAt.toISOString(),
    last_seen_at: session.lastSeenAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  };
}
