import type { Amr } from '#standards/amr.js';

/** A proof of who somebody is: the user, by which methods (RFC 8176 §2), when. */
export interface AuthenticationResult {
  readonly userId: string;
  readonly amr: readonly Amr[];
  readonly authTime: Date;
}
