import type { SessionRow } from './session.entity.js';

/** A browser's sign-in here (RFC names it end-user session; `id` is the `sid` of OIDC Back-Channel Logout §2.1). */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly authTime: Date;
  readonly amr: readonly string[];
  readonly acr: string;
  /** Kinds of second factors that were proven, by our own names for them. */
  readonly factors: readonly string[];
  readonly userAgent: string | undefined;
  readonly address: string | undefined;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** A session that is over, and the clients that something was issued to in it. */
export interface EndedSession {
  readonly id: string;
  readonly userId: string;
  readonly clientIds: readonly string[];
}

/** A proof of who somebody is, from which a session starts or is renewed. */
export interface SignIn {
  readonly userId: string;
  readonly authTime: Date;
  readonly amr: readonly string[];
  readonly acr: string;
  readonly factors?: readonly string[];
  readonly userAgent?: string;
  readonly address?: string;
  /** The client whose request the user signed in for, if any. */
  readonly clientId?: string;
  /** Whether the user had signed in with this browser before; absent where there is no telling. */
  readonly knownBrowser?: boolean;
  /** The session this browser had before, if any. */
  readonly replaces?: Session;
}

/** Reads a row as the session it stands for. */
export function sessionFrom(row: SessionRow): Session {
  const { cookieDigest: _digest, endsAt: _endsAt, factors, userAgent, address, ...rest } = row;
  return { ...rest, factors: factors ?? [], userAgent: userAgent ?? undefined, address: address ?? undefined };
}
