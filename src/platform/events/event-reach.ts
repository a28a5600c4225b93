import type { EventName } from './event-catalogue.js';

/** How far an event goes beyond those in this process who listen to it. */
export interface EventReach {
  /** Whether it is kept in the record of what happened. */
  readonly kept: boolean;
  /** Whether subscribers outside may be told. */
  readonly told: boolean;
}

const KEPT_AND_TOLD: EventReach = { kept: true, told: true };
const KEPT: EventReach = { kept: true, told: false };
const TOLD: EventReach = { kept: false, told: true };
const INSIDE: EventReach = { kept: false, told: false };

/** How far each event goes; what happens with every token is not kept, so that asking for tokens stays cheap. */
export const EVENT_REACH: Readonly<Record<EventName, EventReach>> = {
  'user.registered': KEPT_AND_TOLD,
  'user.deactivated': KEPT_AND_TOLD,
  'user.deleted': KEPT_AND_TOLD,
  'user.signed_in': KEPT_AND_TOLD,
  'sign_in.failed': KEPT_AND_TOLD,
  'user.locked': KEPT_AND_TOLD,
  'sign_in.spray_detected': KEPT_AND_TOLD,
  'sign_in.not_me': KEPT_AND_TOLD,
  'user.password_changed': KEPT_AND_TOLD,
  'user.reset_requested': KEPT_AND_TOLD,
  'user.email_changed': KEPT_AND_TOLD,
  'user.email_verified': KEPT_AND_TOLD,
  'user.invited': KEPT_AND_TOLD,
  'factor.added': KEPT_AND_TOLD,
  'factor.removed': KEPT_AND_TOLD,
  'factor.used_recovery_code': KEPT_AND_TOLD,
  'passkey.counter_regressed': KEPT_AND_TOLD,
  'identity.linked': KEPT_AND_TOLD,
  'identity.unlinked': KEPT_AND_TOLD,
  'consent.given': KEPT_AND_TOLD,
  'consent.narrowed': KEPT_AND_TOLD,
  'consent.withdrawn': KEPT_AND_TOLD,
  'session.started': INSIDE,
  'session.ended': KEPT_AND_TOLD,
  'grant.revoked': TOLD,
  'authorization_code.replayed': KEPT_AND_TOLD,
  'refresh_token.replayed': KEPT_AND_TOLD,
  'client.deactivated': KEPT_AND_TOLD,
  'client.deleted': KEPT_AND_TOLD,
  'identity_provider.registered': KEPT,
  'identity_provider.changed': KEPT,
  'identity_provider.deleted': KEPT,
  'webhook.disabled': KEPT_AND_TOLD,
  'settings.changed': KEPT,
  'change.requested': KEPT_AND_TOLD,
  'change.approved': KEPT_AND_TOLD,
  'change.rejected': KEPT_AND_TOLD,
  'change.withdrawn': KEPT_AND_TOLD,
  'admin.acted': KEPT,
};
