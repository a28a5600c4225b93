/** Everything that can happen and others may care about: the name of each event and what it carries. */
export interface EventCatalogue {
  'user.registered': { userId: string };
  'user.deactivated': { userId: string };
  'user.deleted': { userId: string };
  /** The session that changed the password stays. */
  'user.password_changed': { userId: string; exceptSessionId?: string };
  'factor.added': { userId: string; kind: string; id?: string };
  'factor.removed': { userId: string; kind: string; id?: string };
  /** An authenticator counted backwards: its key may have been copied (WebAuthn §7.2). */
  'passkey.counter_regressed': { userId: string; passkeyId: string };
  /** The address under which the user is written to is another one, or none. */
  'user.email_changed': { userId: string; previous: { email?: string; verified: boolean } };
  /** The settings of the company whose names are given have other values now. */
  'settings.changed': { names: readonly string[] };
  'client.deactivated': { clientId: string };
  'client.deleted': { clientId: string };
  'consent.withdrawn': { userId: string; clientId: string };
  'session.started': { sessionId: string; userId: string };
  /** Not published when a session runs out. The clients are those that something was issued to in it. */
  'session.ended': { sessionId: string; userId: string; clientIds: readonly string[] };
  'grant.revoked': { grantId: string };
  'authorization_code.replayed': { grantId: string };
  'refresh_token.replayed': { grantId: string };
}

/** The name of something that can happen. */
export type EventName = keyof EventCatalogue;
