import { auditMembers, type AuditEvent } from '#audit/index.js';
import type { Actor } from '#platform/http/index.js';
import { ChoiceMember, MapMember, NumberMember, ObjectMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** Who did something, as it is answered. */
export class ActorAnswer {
  @ChoiceMember(['user', 'client', 'system'], {
    about: 'A person, a client by itself, or the service.',
    required: true,
  })
  kind!: 'user' | 'client' | 'system';

  @TextMember({ about: 'The id of the user or client.' })
  id?: string;
}

/** Something that happened, as it is answered. */
export class AuditEventAnswer {
  @TextMember({ about: 'The id of the record.', required: true })
  id!: string;

  @TextMember({ about: 'What happened, by the name of the event.', required: true })
  name!: string;

  @TextMember({ about: 'The id of the user whom it happened to, who may be gone.' })
  user_id?: string;

  @TextMember({ about: 'The id of the client that it is about.' })
  client_id?: string;

  @ObjectMember(ActorAnswer, { about: 'Who did it; absent where nobody knows.' })
  actor?: ActorAnswer;

  @TextMember({ about: 'The address that the request came from.' })
  address?: string;

  @TextMember({ about: 'What the browser called itself.' })
  user_agent?: string;

  @TextMember({ about: 'The id of the request, under which the log tells more.' })
  request_id?: string;

  @MapMember({ about: 'What else there is to say, by event.', required: true })
  details!: Readonly<Record<string, unknown>>;

  @CreatedAt()
  created_at!: string;

  @NumberMember({ about: 'Its place in the sealed chain; absent for the few seconds until it is sealed.' })
  sequence?: number;
}

/** Something that happened, as it is answered. */
export function auditEventAnswer(event: AuditEvent): Plain<AuditEventAnswer> {
  const { actor, ...members } = auditMembers(event);
  return { ...members, ...(actor && { actor: actorAnswer(actor) }) };
}

/** Who did something, as it is answered. */
export function actorAnswer({ kind, id }: Actor): ActorAnswer {
  return Object.assign(new ActorAnswer(), { kind, ...(id !== undefined && { id }) });
}
