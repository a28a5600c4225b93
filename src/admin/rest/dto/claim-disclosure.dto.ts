import { DISCLOSURE_PLACES, type ClaimDisclosure, type DisclosurePlace } from '#consent/index.js';
import {
  ChoiceMember,
  InstantMember,
  NumberMember,
  ObjectListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** One claim that was released. */
export class DisclosedClaimAnswer {
  @TextMember({ about: 'The name of the claim; what it said is not kept.', required: true })
  claim!: string;

  @InstantMember({ about: 'When it was released first.', required: true })
  first_at!: string;

  @InstantMember({ about: 'When it was released last, to within an hour.', required: true })
  last_at!: string;

  @NumberMember({ about: 'How often; more than once in an hour counts as once.', required: true })
  times!: number;
}

/** Which claims about a user went to a client by one way, as it is answered. */
export class ClaimDisclosureAnswer {
  @TextMember({ about: 'The id of the entry.', required: true })
  id!: string;

  @TextMember({ about: 'The id of the user.', required: true })
  user_id!: string;

  @TextMember({ about: 'The id of the client.', required: true })
  client_id!: string;

  @ChoiceMember(DISCLOSURE_PLACES, {
    about:
      'By which way: in ID tokens, as answers of userinfo, or in access tokens and what introspection says of them.',
    required: true,
  })
  place!: DisclosurePlace;

  @ObjectListMember(DisclosedClaimAnswer, { about: 'The claims, by name.', required: true })
  claims!: readonly Plain<DisclosedClaimAnswer>[];

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'When it goes, unless something is released again by then.', required: true })
  expires_at!: string;
}

/** An entry of the ledger as it is answered. */
export function claimDisclosureAnswer(disclosure: ClaimDisclosure): Plain<ClaimDisclosureAnswer> {
  const { id, userId, clientId, place, claims, createdAt, expiresAt } = disclosure;
  return {
    ...{ id, user_id: userId, client_id: clientId, place },
    claims: claims.map(({ claim, firstAt, lastAt, times }) => {
      return { claim, first_at: firstAt.toISOString(), last_at: lastAt.toISOString(), times };
    }),
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  };
}
