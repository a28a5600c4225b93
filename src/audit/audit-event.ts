import type { PublishedEvent } from '#platform/events/index.js';
import type { Actor, CurrentRequest } from '#platform/http/index.js';
import { USER_AGENT_LENGTH, type AuditEventRow } from './audit-event.entity.js';

/** Something that happened to a user or a client: what, to whom, by whom, from where. */
export interface AuditEvent {
  readonly id: string;
  readonly name: string;
  /** The user whom it happened to; there may be no such user any more. */
  readonly userId: string | undefined;
  readonly clientId: string | undefined;
  /** Who did it, where that is known. */
  readonly actor: Actor | undefined;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  /** Under which the log tells more. */
  readonly requestId: string | undefined;
  /** What else there is to say, by event. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  /** Its place in the chain, once it is sealed. */
  readonly sequence: number | undefined;
}

/** What is kept of an event and of the request that it happened in. */
export type Recorded = Omit<AuditEventRow, 'id' | 'createdAt' | 'expiresAt' | 'sequence' | 'contentHash' | 'chainHash'>;

/** What every payload may have that has a column of its own. */
interface CommonFacts extends Readonly<Record<string, unknown>> {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Reads an event as what is kept of it; what it does not say of its place is that of the request. */
export function recorded(event: PublishedEvent, request: CurrentRequest | undefined): Recorded {
  const { userId, clientId, address, userAgent, ...details }: CommonFacts = event.payload;
  const actor = actorOf(event, request);
  return {
    name: event.name,
    userId: userId ?? null,
    clientId: clientId ?? null,
    actorKind: actor?.kind ?? null,
    actorId: actor?.id ?? null,
    ...placeOf({ address, userAgent }, request),
    details,
  };
}

function placeOf(
  { address, userAgent }: CommonFacts,
  request: CurrentRequest | undefined,
): Pick<Recorded, 'address' | 'userAgent' | 'requestId'> {
  const browser = userAgent ?? request?.userAgent;
  return {
    address: address ?? request?.address ?? null,
    userAgent: browser?.slice(0, USER_AGENT_LENGTH) ?? null,
    requestId: request?.id ?? null,
  };
}

/** A sign-in is its user's own doing, whoever used the browser before; whose doing a refused one is nobody knows. */
function actorOf({ name, payload }: PublishedEvent, request: CurrentRequest | undefined): Actor | undefined {
  if (name === 'user.signed_in') return { kind: 'user', id: payload.userId };
  if (name === 'sign_in.failed' || name === 'user.locked') return undefined;
  // Found out by whichever request happened to be there when a delivery was tried.
  if (request === undefined || name === 'webhook.disabled') return { kind: 'system' };
  return request.actor;
}

/** Reads a row as what it says. */
export function auditEventFrom(row: AuditEventRow): AuditEvent {
  const { id, name, details, createdAt, actorKind, actorId } = row;
  return {
    id,
    name,
    userId: row.userId ?? undefined,
    clientId: row.clientId ?? undefined,
    actor: actorKind === null ? undefined : { kind: actorKind as Actor['kind'], id: actorId ?? undefined },
    address: row.address ?? undefined,
    userAgent: row.userAgent ?? undefined,
    requestId: row.requestId ?? undefined,
    details,
    createdAt,
    sequence: row.sequence ?? undefined,
  };
}
