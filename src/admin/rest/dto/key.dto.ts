import { SIGNING_ALGORITHMS, type SigningAlgorithm, type SigningKeyView } from '#keys/index.js';
import {
  ChoiceMember,
  FlagMember,
  InstantMember,
  ObjectListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** How to rotate the signing keys. */
export class KeyRotation {
  @ChoiceMember(SIGNING_ALGORITHMS, { about: 'Only the key of this algorithm; all when absent.' })
  alg?: SigningAlgorithm;

  @FlagMember({ about: 'Whether the new key signs at once, though caches may not know it yet.', default: false })
  now?: boolean;

  @FlagMember({ about: 'Whether the old key is withdrawn at once, with all that it signed.', default: false })
  revoke?: boolean;
}

/** A signing key, as it is answered. */
export class KeyAnswer {
  @TextMember({ about: 'The id of the key.', required: true })
  kid!: string;

  @ChoiceMember(SIGNING_ALGORITHMS, { about: 'What it signs with.', required: true })
  alg!: SigningAlgorithm;

  @ChoiceMember(['next', 'active', 'retired'], { about: 'Whether it will sign, signs, or has signed.', required: true })
  status!: SigningKeyView['status'];

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'From when it signs.', required: true })
  activates_at!: string;

  @InstantMember({ about: 'When it stops signing; null while nothing follows it.', required: true, nullable: true })
  retires_at!: string | null;
}

/** The signing keys after a rotation. */
export class KeysAnswer {
  @ObjectListMember(KeyAnswer, { about: 'The keys that are published.', required: true })
  items!: readonly Plain<KeyAnswer>[];
}

/** A signing key as it is answered. */
export function keyAnswer(key: SigningKeyView): Plain<KeyAnswer> {
  return {
    kid: key.kid,
    alg: key.algorithm,
    status: key.status,
    created_at: key.created_at.toISOString(),
    activates_at: key.activates_at.toISOString(),
    retires_at: key.retires_at?.toISOString() ?? null,
  };
}
