import type { KeptFactor } from '#authentication/index.js';
import { SECOND_FACTOR_KINDS } from '#settings/index.js';
import { ChoiceMember, InstantMember, NumberMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** A second factor or passkey of a user, as it is answered; what it is made of is told to nobody. */
export class FactorAnswer {
  @TextMember({ about: 'The id of the factor among those of its user.', required: true })
  id!: string;

  @ChoiceMember(SECOND_FACTOR_KINDS, { about: 'What it is.', required: true })
  kind!: KeptFactor['kind'];

  @TextMember({ about: 'What its user calls it.' })
  name?: string;

  @NumberMember({ about: 'How many of the recovery codes are not used yet.' })
  unused?: number;

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'When it was last used.' })
  last_used_at?: string;
}

/** A factor as it is answered. */
export function factorAnswer({ id, kind, name, unused, createdAt, lastUsedAt }: KeptFactor): Plain<FactorAnswer> {
  return {
    id,
    kind,
    ...(name === undefined ? {} : { name }),
    ...(unused === undefined ? {} : { unused }),
    created_at: createdAt.toISOString(),
    ...(lastUsedAt === undefined ? {} : { last_used_at: lastUsedAt.toISOString() }),
  };
}
