import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretKeys } from './secret-keys.js';

const VERSION = 'v1';
const PURPOSE = 'secret box';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value cannot be opened: its key is no longer listed, or it is not what was sealed here. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
  /** What a start ends with that meets it: SECRET_KEYS is not the list that this data was sealed with. */
  readonly exitCode = 78;
}

/** Keeps what must be readable again: AES-256-GCM under a key of SECRET_KEYS, bound to the place it was sealed for. */
@Injectable()
export class SecretBox {
  constructor(private readonly keys: SecretKeys) {}

  /** Seals a text; `context` names the place that may open it, such as a table and an id. */
  seal(plain: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(this.keys.primaryName), iv);
    cipher.setAAD(Buffer.from(context, 'utf8'));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, this.keys.primaryName, iv.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** Opens what `seal` made for the same context; anything else is `SecretUnreadable`. */
  open(sealed: string, context: string): string {
    const [version, keyName, iv, box, ...rest] = sealed.split('.');
    if (version !== VERSION || keyName === undefined || iv === undefined || box === undefined || rest.length > 0) {
      throw new SecretUnreadable('this is not a sealed value');
    }
    return decrypt(this.#key(keyName), Buffer.from(iv, 'base64url'), Buffer.from(box, 'base64url'), context);
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

function decrypt(key: Buffer, iv: Buffer, box: Buffer, context: string): string {
  if (iv.length !== IV_BYTES || box.length < TAG_BYTES) throw new SecretUnreadable('this is not a sealed value');
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(box.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(box.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    throw new SecretUnreadable('the sealed value was changed, or was sealed for another place');
  }
}
