import { Injectable } from '@nestjs/common';
import { openWith, sealedParts, sealWith, SecretUnreadable } from './aead.js';
import { SecretKeys } from './secret-keys.js';

const PURPOSE = 'secret box';

/** Keeps what must be readable again: AES-256-GCM under a key of SECRET_KEYS, bound to the place it was sealed for. */
@Injectable()
export class SecretBox {
  constructor(private readonly keys: SecretKeys) {}

  /** Seals a text; `context` names the place that may open it, such as a table and an id. */
  seal(plain: string, context: string): string {
    const { primaryName } = this.keys;
    return sealWith(this.#key(primaryName), primaryName, plain, context);
  }

  /** Opens what `seal` made for the same context; anything else is `SecretUnreadable`. */
  open(sealed: string, context: string): string {
    const parts = sealedParts(sealed);
    return openWith(this.#key(parts.keyName), parts, context);
  }

  /** Tells whether a sealed value must be sealed anew before the key that sealed it may leave SECRET_KEYS. */
  isOutdated(sealed: string): boolean {
    return sealed.split('.')[1] !== this.keys.primaryName;
  }

  #key(name: string): Buffer {
    const key = this.keys.derive(name, PURPOSE);
    if (!key) throw new SecretUnreadable(`SECRET_KEYS no longer lists the key "${name}" that sealed this value`);
    return key;
  }
}
