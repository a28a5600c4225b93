import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { openWith, sealedParts, sealWith, SecretUnreadable } from './aead.js';
import { SecretKeys } from './secret-keys.js';

const PURPOSE = 'holder box';
const KEY_BYTES = 32;

/**
 * Keeps what only the holder of a value may read again. The key is derived from that value, which is not stored, and
 * from a key of SECRET_KEYS (RFC 5869 §2.2): a thief of the database cannot try out short values, and an operator
 * cannot read without the holder.
 */
@Injectable()
export class HolderBox {
  constructor(private readonly keys: SecretKeys) {}

  /** Seals a text for the holder of the value; `context` names the place that may open it. */
  seal(plain: string, held: string, context: string): string {
    const { primaryName } = this.keys;
    return sealWith(this.#key(primaryName, held, context), primaryName, plain, context);
  }

  /** Opens what `seal` made for the same value and context; anything else is `SecretUnreadable`. */
  open(sealed: string, held: string, context: string): string {
    const parts = sealedParts(sealed);
    return openWith(this.#key(parts.keyName, held, context), parts, context);
  }

  #key(name: string, held: string, context: string): Buffer {
    const salt = this.keys.derive(name, PURPOSE);
    if (!salt) throw new SecretUnreadable(`SECRET_KEYS no longer lists the key "${name}" that sealed this value`);
    return Buffer.from(hkdfSync('sha256', held, salt, `gatehouse ${PURPOSE} ${context}`, KEY_BYTES));
  }
}
