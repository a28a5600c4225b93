import { INVITATION_STATUSES, type Invitation, type InvitationInput } from '#authentication/index.js';
import { ChoiceMember, InstantMember, TextListMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt, stampsOf, UpdatedAt } from './stamps.dto.js';

const line = { maxLength: 255 };

/** Somebody to invite. */
export class NewInvitation {
  @TextMember({
    about: 'The address that the link goes to, and the account gets.',
    required: true,
    schema: { maxLength: 254 },
  })
  email!: string;

  @TextMember({ about: 'The name, which the user may change when accepting.', schema: line })
  name?: string;

  @TextMember({ about: 'The user name of the account; its address when absent.', schema: line })
  username?: string;

  @TextMember({ about: 'The language of the mail and the account, such as en-US.', schema: { maxLength: 35 } })
  locale?: string;

  @TextListMember({ about: 'The names of the groups that the user will be in.' })
  groups?: readonly string[];

  @InstantMember({ about: 'Until when it can be accepted, at most 90 days from now; as the setting says when absent.' })
  expires_at?: string;
}

/** An invitation as it is answered. */
export class InvitationAnswer extends NewInvitation {
  @TextMember({ about: 'The id of the invitation.', required: true, readOnly: true })
  id!: string;

  @ChoiceMember(INVITATION_STATUSES, { about: 'Where it stands.', required: true, readOnly: true })
  status!: Invitation['status'];

  @TextMember({ about: 'The id of the user who accepted it.', readOnly: true })
  user_id?: string;

  @InstantMember({ about: 'When it was accepted.', readOnly: true })
  accepted_at?: string;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** Reads a message as what it says about somebody to invite. */
export function invitationInput(message: Plain<NewInvitation>): InvitationInput {
  const { email, name, username, locale, groups, expires_at: end } = message;
  return { email, name, username, locale, groups, validUntil: end === undefined ? undefined : new Date(end) };
}

/** An invitation as it is answered. */
export function invitationAnswer(invitation: Invitation): Plain<InvitationAnswer> {
  const { id, email, status, groups, validUntil, acceptedAt, userId } = invitation;
  return {
    id,
    email,
    status,
    groups,
    ...namesOf(invitation),
    expires_at: validUntil.toISOString(),
    ...(userId === undefined ? {} : { user_id: userId }),
    ...(acceptedAt === undefined ? {} : { accepted_at: acceptedAt.toISOString() }),
    ...stampsOf(invitation),
  };
}

function namesOf({ name, username, locale }: Invitation): Partial<Plain<NewInvitation>> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(username === undefined ? {} : { username }),
    ...(locale === undefined ? {} : { locale }),
  };
}
