import {
  CHANGE_KINDS,
  CHANGE_STATES,
  LONGEST_REASON,
  type ChangeKind,
  type ChangeRequest,
  type ChangeState,
} from '../../changes/change-request.js';
import {
  ChoiceMember,
  FlagMember,
  InstantMember,
  MapMember,
  NumberMember,
  ObjectListMember,
  ObjectMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { ActorAnswer, actorAnswer } from './audit-event.dto.js';
import { DifferenceAnswer } from './client-version.dto.js';
import { CreatedAt } from './stamps.dto.js';

/** Why a change is not made. */
export class Rejection {
  @TextMember({ about: 'Why it is not made, for whoever asked.', schema: { maxLength: LONGEST_REASON } })
  reason?: string;
}

/** A change that waits for a second person, or what became of it. */
export class ChangeRequestAnswer {
  @TextMember({ about: 'The id of the request.', required: true })
  id!: string;

  @ChoiceMember(CHANGE_KINDS, { about: 'What is to be done.', required: true })
  kind!: ChangeKind;

  @ChoiceMember(CHANGE_STATES, { about: 'What became of it.', required: true })
  state!: ChangeState;

  @TextMember({ about: 'The id of the client that it is about, or that came of it.' })
  client_id?: string;

  @NumberMember({ about: 'The number of the version that it brings back.' })
  version?: number;

  @MapMember({ about: 'What was sent.' })
  body?: object;

  @ObjectListMember(DifferenceAnswer, { about: 'What an approval changes.', required: true })
  changes!: readonly DifferenceAnswer[];

  @FlagMember({ about: 'Whether the changes are too long to be kept, so that only their places are here.' })
  shortened?: boolean;

  @ObjectMember(ActorAnswer, { about: 'Who asked for it.', required: true })
  requested_by!: ActorAnswer;

  @TextMember({ about: 'The id of the request it was asked for in.', required: true })
  request_id!: string;

  @ObjectMember(ActorAnswer, { about: 'Who decided.' })
  decided_by?: ActorAnswer;

  @InstantMember({ about: 'When that was.' })
  decided_at?: string;

  @TextMember({ about: 'Why it is not made.' })
  reason?: string;

  @InstantMember({ about: 'Until when it can be approved.', required: true })
  decidable_until!: string;

  @CreatedAt()
  created_at!: string;
}

/** A change request as it is answered. */
export function changeRequestAnswer(change: ChangeRequest): Plain<ChangeRequestAnswer> {
  const { id, kind, state, clientId, version, body, changes, shortened, requestedBy, requestId } = change;
  const { decidedBy, decidedAt, reason, decidableUntil, createdAt } = change;
  return {
    ...{ id, kind, state },
    ...(clientId !== undefined && { client_id: clientId }),
    ...(version !== undefined && { version }),
    ...(body && { body }),
    changes: changes.map((one) => Object.assign(new DifferenceAnswer(), one)),
    ...(shortened && { shortened }),
    requested_by: actorAnswer(requestedBy),
    request_id: requestId,
    ...(decidedBy && { decided_by: actorAnswer(decidedBy) }),
    ...(decidedAt && { decided_at: decidedAt.toISOString() }),
    ...(reason !== undefined && { reason }),
    decidable_until: decidableUntil.toISOString(),
    created_at: createdAt.toISOString(),
  };
}
