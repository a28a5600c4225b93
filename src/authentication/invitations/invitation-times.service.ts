import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import { canonicalName, type UserProblem } from '#users/index.js';
import { invitationFrom, type Invitation, type InvitationInput } from './invitation.js';
import type { InvitationRow } from './invitation.entity.js';

const DAY_MS = 86_400_000;
/** How long one can still look up what became of an invitation. */
const KEPT_MS = 90 * DAY_MS;
/** The longest that an invitation may wait. */
const LONGEST_MS = 90 * DAY_MS;

/** When invitations begin and end. */
@Injectable()
export class InvitationTimes {
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  read(row: InvitationRow): Invitation {
    return invitationFrom(row, this.clock.now());
  }

  newRow({ email, name, username, locale, groups = [], validUntil }: InvitationInput, days: number): InvitationRow {
    const createdAt = this.clock.now();
    return {
      id: this.random.id(),
      email,
      emailKey: canonicalName(email),
      gives: { name, username, locale, groups },
      acceptedAt: null,
      userId: null,
      createdAt,
      ...this.validFor(days, validUntil),
    };
  }

  validFor(days: number, chosen?: Date): Pick<InvitationRow, 'validUntil' | 'expiresAt' | 'updatedAt'> {
    const updatedAt = this.clock.now();
    const validUntil = chosen ?? new Date(updatedAt.getTime() + days * DAY_MS);
    return { validUntil, updatedAt, expiresAt: new Date(validUntil.getTime() + KEPT_MS) };
  }

  problems(validUntil: Date | undefined): UserProblem[] {
    if (validUntil === undefined) return [];
    const wait = validUntil.getTime() - this.clock.now().getTime();
    if (wait <= 0) return [{ pointer: '#/expires_at', detail: 'must be in the future' }];
    return wait > LONGEST_MS ? [{ pointer: '#/expires_at', detail: 'must be within 90 days' }] : [];
  }
}
