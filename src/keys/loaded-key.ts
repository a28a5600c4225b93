import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { SecretBox } from '#platform/crypto/index.js';
import { sealedFor } from './sealed-for.js';
import type { SigningKeyEntity } from './signing-key.entity.js';

/** A key of ours in memory: parsed once, its private half opened only when it signs or decrypts. */
export class LoadedKey {
  readonly publicKey: KeyObject;
  readonly #box: SecretBox;
  #privateKey: KeyObject | undefined;

  constructor(
    readonly row: SigningKeyEntity,
    box: SecretBox,
    earlier?: LoadedKey,
  ) {
    this.#box = box;
    this.publicKey = earlier?.publicKey ?? createPublicKey({ key: { ...row.publicJwk }, format: 'jwk' });
    if (earlier) this.#privateKey = earlier.#privateKey;
  }

  get privateKey(): KeyObject {
    return this.open();
  }

  /** Fails when SECRET_KEYS has no key for it. */
  open(): KeyObject {
    this.#privateKey ??= createPrivateKey(this.#box.open(this.row.privateKey, sealedFor(this.row.kid)));
    return this.#privateKey;
  }
}
