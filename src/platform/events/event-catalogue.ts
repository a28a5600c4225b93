/** Why a sign-in did not come about. */
export type SignInFailure =
  'password' | 'unknown_user' | 'user_disabled' | 'second_factor' | 'passkey' | 'upstream' | 'link' | 'not_allowed';

/** What somebody proves who they are with, besides a password. */
export type FactorKind = 'totp' | 'passkey' | 'recovery_codes' | 'mail_code';

/** One difference that an act of administration made (RFC 6901); a side that is not there is left out. */
export interface RecordedChange {
  readonly pointer: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Who asked for a change of administration, or decided about it. */
export interface ChangeParty {
  readonly kind: 'user' | 'client' | 'system';
  readonly id: string;
}

/**
 * Everything that can happen and others may care about: the name of each event and what it carries, which is plain
 * JSON, bears ids rather than names, and never a secret.
 */
export interface EventCatalogue {
  /** Somebody has an account. */
  'user.registered': { userId: string };
  /** A user may not sign in any more. */
  'user.deactivated': { userId: string };
  /** A user and everything that belongs to them is gone. */
  'user.deleted': { userId: string };
  /** A session began or was renewed, after everything that the sign-in needed; single sign-on is none. */
  'user.signed_in': {
    userId: string;
    sessionId: string;
    clientId?: string;
    amr: readonly string[];
    address?: string;
    userAgent?: string;
    knownBrowser?: boolean;
  };
  /** A proof was refused. The name is there when somebody has it or it is an address: people type passwords into that field. */
  'sign_in.failed': { userId?: string; username?: string; clientId?: string; address?: string; reason: SignInFailure };
  /** Too many failures: sign-ins wait, told once until they are let through again, also for a name that nobody has. */
  'user.locked': { userId?: string; username?: string; until: string };
  /** One address, or one password, failed for so many accounts that it is no accident; its attempts wait until then. */
  'sign_in.spray_detected': { kind: 'address' | 'password'; names: number; until: string; address?: string };
  /** The user says that a sign-in was somebody else's; what came since then may be the intruder's. */
  'sign_in.not_me': { userId: string; sessionId?: string; since: string };
  /** The session that changed the password stays, and so does the sign-in in which it was changed; the others by choice. */
  'user.password_changed': { userId: string; exceptSessionId?: string; exceptSignInId?: string; othersStay?: true };
  /** Somebody asked for a link to choose a new password. */
  'user.reset_requested': { userId: string };
  /** An authenticator counted backwards: its key may have been copied (WebAuthn §7.2). */
  'passkey.counter_regressed': { userId: string; passkeyId: string };
  /** The address under which the user is written to is another one, or none. */
  'user.email_changed': { userId: string; previous: { email?: string; verified: boolean } };
  /** The user has shown that the address is theirs. */
  'user.email_verified': { userId: string };
  /** Somebody was asked to make an account. */
  'user.invited': { invitationId: string; userId?: string };
  /** The user can prove who they are in one more way. */
  'factor.added': { userId: string; kind: FactorKind; id?: string };
  /** The user can prove who they are in one way less. */
  'factor.removed': { userId: string; kind: FactorKind; id?: string };
  /** A recovery code was used instead of a second factor. */
  'factor.used_recovery_code': { userId: string; remaining: number };
  /** The user can sign in through another provider. */
  'identity.linked': { userId: string; provider: string; id?: string };
  /** The user cannot sign in through that provider any more. */
  'identity.unlinked': { userId: string; provider: string; id?: string };
  /** A user, or the company for them, allowed a client more than before, or something else. */
  'consent.given': {
    userId: string;
    clientId: string;
    scopes: readonly string[];
    claims: readonly string[];
    givenBy: string;
    expiresAt?: string;
  };
  /** A part of what a user had allowed a client was taken back: scopes with their claims, and claims that were allowed alone. */
  'consent.narrowed': { userId: string; clientId: string; scopes: readonly string[]; claims: readonly string[] };
  /** Everything that a user had allowed a client was taken back. */
  'consent.withdrawn': { userId: string; clientId: string; scopes: readonly string[] };
  /** A session began; `user.signed_in` says how. */
  'session.started': { sessionId: string; userId: string };
  /** Not published when a session runs out. The clients are those that something was issued to in it. */
  'session.ended': { sessionId: string; userId: string; clientIds: readonly string[] };
  /** One grant ended by itself, and not because what it rests on ended. */
  'grant.revoked': { grantId: string; userId: string; clientId: string };
  /** A code was redeemed twice, so its grant ended. */
  'authorization_code.replayed': { grantId: string; userId: string; clientId: string };
  /** A refresh token was used after its successor, so its grant ended. */
  'refresh_token.replayed': { grantId: string; userId: string; clientId: string };
  /** People can sign in through one more provider. */
  'identity_provider.registered': { providerId: string; slug: string };
  /** A provider is configured otherwise now. */
  'identity_provider.changed': { providerId: string; slug: string };
  /** Nobody can sign in through that provider any more, and every link to it is gone. */
  'identity_provider.deleted': { providerId: string; slug: string };
  /** A client may ask for nothing any more. */
  'client.deactivated': { clientId: string };
  /** A client is gone. */
  'client.deleted': { clientId: string };
  /** A webhook is told nothing any more: it said that it is gone, or took nothing for days. */
  'webhook.disabled': { webhookId: string; because: 'gone' | 'failing' };
  /** The settings of the company whose names are given have other values now. */
  'settings.changed': { names: readonly string[] };
  /** Somebody asked for a change that somebody else must approve. */
  'change.requested': { changeRequestId: string; kind: string; clientId?: string; requestedBy: ChangeParty };
  /** A second person approved a change, and it was made. */
  'change.approved': {
    changeRequestId: string;
    kind: string;
    clientId?: string;
    requestedBy: ChangeParty;
    decidedBy: ChangeParty;
  };
  /** A change that was asked for is not made. */
  'change.rejected': {
    changeRequestId: string;
    kind: string;
    clientId?: string;
    requestedBy: ChangeParty;
    decidedBy: ChangeParty;
  };
  /** Whoever asked for a change does not want it any more. */
  'change.withdrawn': {
    changeRequestId: string;
    kind: string;
    clientId?: string;
    requestedBy: ChangeParty;
    decidedBy: ChangeParty;
  };
  /** An administrator, a program of theirs or the command line changed something: what it was before and after, without secrets. */
  'admin.acted': {
    act: string;
    target: string;
    /** Who had asked for it, where somebody else approved. */
    requestedBy?: ChangeParty;
    userId?: string;
    clientId?: string;
    changes: readonly RecordedChange[];
    shortened?: true;
  };
}

/** The name of something that can happen. */
export type EventName = keyof EventCatalogue;

/** Something that happened, by its name. */
export type PublishedEvent = {
  readonly [N in EventName]: { readonly name: N; readonly payload: EventCatalogue[N] };
}[EventName];
