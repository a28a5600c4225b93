import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value cannot be opened: its key is no longer listed, or it is not what was sealed here. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
  /** What a start ends with that meets it: SECRET_KEYS is not the list that this data was sealed with. */
  readonly exitCode = 78;
}

/** What a sealed text says of itself, beside the text. */
export interface SealedParts {
  readonly keyName: string;
  readonly iv: Buffer;
  readonly box: Buffer;
}

/** Seals a text with AES-256-GCM, bound to its context, and notes the name of the key (NIST SP 800-38D). */
export function sealWith(key: Buffer, keyName: string, plain: string, context: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, keyName, iv.toString('base64url'), sealed.toString('base64url')].join('.');
}

/** Takes a sealed text apart, so that its key can be looked up. */
export function sealedParts(sealed: string): SealedParts {
  const [version, keyName, iv, box, ...rest] = sealed.split('.');
  if (version !== VERSION || keyName === undefined || iv === undefined || box === undefined || rest.length > 0) {
    throw new SecretUnreadable('this is not a sealed value');
  }
  return { keyName, iv: Buffer.from(iv, 'base64url'), box: Buffer.from(box, 'base64url') };
}

/** Opens what `sealWith` made with the same key for the same context. */
export function openWith(key: Buffer, { iv, box }: SealedParts, context: string): string {
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
