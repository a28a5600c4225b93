import type { InvitationGifts, InvitationRow } from './invitation.entity.js';

/** Where an invitation stands. */
export const INVITATION_STATUSES = ['pending', 'accepted', 'expired'] as const;

/** An invitation to make an account. */
export interface Invitation extends InvitationGifts {
  readonly id: string;
  readonly email: string;
  readonly status: (typeof INVITATION_STATUSES)[number];
  readonly validUntil: Date;
  readonly acceptedAt?: Date | undefined;
  /** The account that was made by it. */
  readonly userId?: string | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is given when somebody is invited. */
export interface InvitationInput extends Omit<InvitationGifts, 'groups'> {
  readonly email: string;
  readonly groups?: readonly string[] | undefined;
  /** Until when; as long as the company decided when absent. */
  readonly validUntil?: Date | undefined;
}

/** Reads a row as the invitation it stands for. */
export function invitationFrom(row: InvitationRow, now: Date): Invitation {
  const { id, email, gives, validUntil, acceptedAt, userId, createdAt, updatedAt } = row;
  const open = validUntil > now ? 'pending' : 'expired';
  return {
    ...gives,
    id,
    email,
    status: acceptedAt === null ? open : 'accepted',
    validUntil,
    acceptedAt: acceptedAt ?? undefined,
    userId: userId ?? undefined,
    createdAt,
    updatedAt,
  };
}
