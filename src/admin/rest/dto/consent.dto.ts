import { approvedClaim, type ApprovedScope, type Consent, type ConsentGiver } from '#consent/index.js';
import {
  ChoiceMember,
  InstantMember,
  NumberMember,
  ObjectListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { CreatedAt, stampsOf, UpdatedAt } from './stamps.dto.js';

/** Of what was allowed: by whom and for how long. */
class ApprovalTerm {
  @ChoiceMember(['user', 'company'], { about: 'Who decided.', required: true })
  given_by!: ConsentGiver;

  @InstantMember({ about: 'Since when.', required: true })
  approved_at!: string;

  @InstantMember({ about: 'When it was last decided.', required: true })
  decided_at!: string;

  @InstantMember({ about: 'Until when; null for until it is taken back.', required: true, nullable: true })
  expires_at!: string | null;

  @InstantMember({ about: 'When it was last used, to within an hour; null for never.', required: true, nullable: true })
  last_used_at!: string | null;
}

/** One scope that was allowed. */
export class ApprovedScopeAnswer extends ApprovalTerm {
  @TextMember({ about: 'The name of the scope.', required: true })
  scope!: string;

  @NumberMember({ about: 'Which version of its words was shown.', required: true })
  text_version!: number;

  @NumberMember({ about: 'Which version of its meaning was shown.', required: true })
  meaning_version!: number;
}

/** One claim that was allowed without the rest of its scope (OIDC Core §5.5). */
export class ApprovedClaimAnswer extends ApprovalTerm {
  @TextMember({ about: 'The name of the claim.', required: true })
  claim!: string;
}

/** What a user allowed a client, as it is answered. */
export class ConsentAnswer {
  @TextMember({ about: 'The id of the consent.', required: true })
  id!: string;

  @TextMember({ about: 'The id of the user.', required: true })
  user_id!: string;

  @TextMember({ about: 'The id of the client.', required: true })
  client_id!: string;

  @ChoiceMember(['user', 'company'], { about: 'Who decided.', required: true })
  given_by!: ConsentGiver;

  @ObjectListMember(ApprovedScopeAnswer, { about: 'What was allowed.', required: true })
  scopes!: readonly Plain<ApprovedScopeAnswer>[];

  @ObjectListMember(ApprovedClaimAnswer, { about: 'Claims allowed one by one, beside the scopes.', required: true })
  claims!: readonly Plain<ApprovedClaimAnswer>[];

  @InstantMember({
    about: 'When any of it was last used, to within an hour; null for never.',
    required: true,
    nullable: true,
  })
  last_used_at!: string | null;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** A consent as it is answered. */
export function consentAnswer(consent: Consent): Plain<ConsentAnswer> {
  return {
    id: consent.id,
    user_id: consent.userId,
    client_id: consent.clientId,
    given_by: consent.givenBy,
    scopes: consent.scopes
      .filter(({ scope }) => approvedClaim(scope) === undefined)
      .map((approval) => ({ scope: approval.scope, ...termOf(approval, consent), ...versionsOf(approval) })),
    claims: consent.scopes.flatMap((approval) => {
      const claim = approvedClaim(approval.scope);
      return claim === undefined ? [] : [{ claim, ...termOf(approval, consent) }];
    }),
    last_used_at: consent.lastUsedAt?.toISOString() ?? null,
    ...stampsOf(consent),
  };
}

function termOf(approval: ApprovedScope, consent: Consent) {
  const { approvedAt, decidedAt = approvedAt, expiresAt, lastUsedAt, givenBy } = approval;
  return {
    given_by: givenBy ?? consent.givenBy,
    approved_at: approvedAt.toISOString(),
    decided_at: decidedAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}

function versionsOf({ textVersion = 1, meaningVersion = 1 }: ApprovedScope) {
  return { text_version: textVersion, meaning_version: meaningVersion };
}
