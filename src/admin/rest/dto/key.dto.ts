import { KEY_ALGORITHMS, type IssuerKeyView, type KeyAlgorithm, type KeyUse } from '#keys/index.js';
import {
  ChoiceMember,
  FlagMember,
  InstantMember,
  ObjectListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { CreatedAt } from './stamps.dto.js';

/** How to rotate the keys. */
export class KeyRotation {
  @ChoiceMember(KEY_ALGORITHMS, { about: 'Only the key of this algorithm; all when absent.' })
  alg?: KeyAlgorithm;

  @FlagMember({ about: 'Whether the new key signs at once, though caches may not know it yet. Keys for encryption always begin at once.', default: false })
  now?: boolean;

  @FlagMember({ about: 'Whether the old key is withdrawn at once, with all that it signed or that was encrypted to it.', default: false })
  revoke?: boolean;
}

/** A key, as it is answered. */
export class KeyAnswer {
  @TextMember({ about: 'The id of the key.', required: true })
  kid!: string;

  @ChoiceMember(['sig', 'enc'], { about: 'Whether it signs, or others encrypt to it.', required: true })
  use!: KeyUse;

  @ChoiceMember(KEY_ALGORITHMS, { about: 'The algorithm that it is for.', required: true })
  alg!: KeyAlgorithm;

  @ChoiceMember(['next', 'active', 'retired'], { about: 'Whether it will be used, is in use, or was.', required: true })
  status!: IssuerKeyView['status'];

  @CreatedAt()
  created_at!: string;

  @InstantMember({ about: 'From when it is in use.', required: true })
  activates_at!: string;

  @InstantMember({ about: 'When it goes out of use; null while nothing follows it.', required: true, nullable: true })
  retires_at!: string | null;
}

/** The keys after a rotation. */
export class KeysAnswer {
  @ObjectListMember(KeyAnswer, { about: 'The keys that are published.', required: true })
  items!: readonly Plain<KeyAnswer>[];
}

/** A key as it is answered. */
export function keyAnswer(key: IssuerKeyView): Plain<KeyAnswer> {
  return {
    kid: key.kid,
    use: key.use,
    alg: key.algorithm,
    status: key.status,
    created_at: key.created_at.toISOString(),
    activates_at: key.activates_at.toISOString(),
    retires_at: key.retires_at?.toISOString() ?? null,
  };
}
