import type { Amr } from '#standards/amr.js';
import type { User } from '#users/index.js';

/** A proof of who somebody is: the user, by which methods (RFC 8176 §2), when. */
export interface AuthenticationResult {
  readonly userId: string;
  readonly amr: readonly Amr[];
  readonly authTime: Date;
  /** The same user, when whoever proved it has just read them. */
  readonly user?: User;
  /** The proof rests on the user's mailbox alone, as that of a link in a mail does. */
  readonly byMailbox?: boolean;
}
