import type { ClientVersion, ClientVersionFacts } from '#clients/index.js';
import {
  AnyMember,
  InstantMember,
  NumberMember,
  ObjectListMember,
  ObjectMember,
  TextListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import type { Change } from '../requests/dry-run.js';
import { ActorAnswer, actorAnswer } from './audit-event.dto.js';
import { clientRecord } from './client-wire.js';
import { ClientRecord } from './client.dto.js';

/** What is known of a version of a client without its content. */
export class ClientVersionEntry {
  @NumberMember({ about: 'Its place in the history of the client, from 1 on.', required: true })
  number!: number;

  @TextListMember({ about: 'The members that differ from the version before; none in the first.', required: true })
  changed!: readonly string[];

  @NumberMember({ about: 'The number of the version that it brought back.' })
  restored_from?: number;

  @ObjectMember(ActorAnswer, { about: 'Who changed the client; absent where nobody knows.' })
  actor?: ActorAnswer;

  @TextMember({ about: 'The id of the request, under which the log and the audit events tell more.' })
  request_id?: string;

  @InstantMember({ about: 'Since when the client was so.', required: true })
  created_at!: string;
}

/** A version of a client. */
export class ClientVersionAnswer extends ClientVersionEntry {
  @ObjectMember(ClientRecord, { about: 'What the client was; secrets are in no version.', required: true })
  client!: ClientRecord;
}

/** One difference between two versions. */
export class DifferenceAnswer {
  @TextMember({ about: 'Where it is (RFC 6901 §6).', required: true })
  pointer!: string;

  @AnyMember({ about: 'What was there; left out when nothing was.' })
  from?: unknown;

  @AnyMember({ about: 'What is there then; left out when nothing is.' })
  to?: unknown;
}

/** How a version differs from another. */
export class ClientVersionDiff {
  @NumberMember({ about: 'The number of the version.', required: true })
  number!: number;

  @NumberMember({ about: 'The number of the version that it is compared with; absent when that is nothing.' })
  against?: number;

  @ObjectListMember(DifferenceAnswer, { about: 'Every difference, in the one direction.', required: true })
  changes!: readonly DifferenceAnswer[];
}

/** What is known of a version, as it is answered. */
export function clientVersionEntry(version: ClientVersionFacts): Plain<ClientVersionEntry> {
  const { number, changed, restoredFrom, actor, requestId, createdAt } = version;
  return {
    ...{ number, changed },
    ...(restoredFrom !== undefined && { restored_from: restoredFrom }),
    ...(actor && { actor: actorAnswer(actor) }),
    ...(requestId !== undefined && { request_id: requestId }),
    created_at: createdAt.toISOString(),
  };
}

/** A version as it is answered. */
export function clientVersionAnswer(version: ClientVersion): Plain<ClientVersionAnswer> {
  return { ...clientVersionEntry(version), client: clientRecord(version.metadata) };
}

/** The differences between two versions, as they are answered. */
export function clientVersionDiff(
  number: number,
  against: number | undefined,
  changes: readonly Change[],
): Plain<ClientVersionDiff> {
  const differences = changes.map((change) => Object.assign(new DifferenceAnswer(), change));
  return { number, ...(against !== undefined && { against }), changes: differences };
}
