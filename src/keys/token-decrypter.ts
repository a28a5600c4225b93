import { Injectable } from '@nestjs/common';
import { compactDecrypt } from 'jose';
import { BoundedWork, WorkQueues } from '#platform/crypto/index.js';
import { parseJwe } from './jwe-input.js';
import type { AcceptedJwe, JweInput } from './jwe-input.js';
import { KeyRing } from './key-ring.service.js';
import type { DecryptionKey } from './key-ring.service.js';

/** How a token may be encrypted, and what may be in it. */
export type AcceptedEncryption = AcceptedJwe;

/** What became of decrypting: the content, still to be judged, or what an operator should know. */
export type Decryption =
  | { readonly outcome: 'decrypted'; readonly content: string }
  | { readonly outcome: 'invalid'; readonly detail: string };

/** Opens what others encrypted to this issuer (RFC 7516 §5.2); that it opens says nothing of who made it. */
@Injectable()
export class TokenDecrypter {
  /** A private operation costs a millisecond, and anybody can ask for it. */
  readonly #work: BoundedWork;

  constructor(
    private readonly ring: KeyRing,
    queues: WorkQueues,
  ) {
    this.#work = queues.open('decryption', { what: 'decryption', parallel: 2, waiting: 100, retryAfterSeconds: 1 });
  }

  async decrypt(token: string, accepted: AcceptedEncryption): Promise<Decryption> {
    const parsed = parseJwe(token, accepted);
    if (!parsed.ok) return { outcome: 'invalid', detail: parsed.detail };
    const { alg, kid } = parsed.input;
    const keys = await this.ring.decryptionKeys(alg, kid);
    if (keys.length === 0) return { outcome: 'invalid', detail: 'it is encrypted to no key of this issuer' };
    for (const key of keys) {
      const content = await this.#work.run(() => opened(token, key, parsed.input));
      if (content !== undefined) return { outcome: 'decrypted', content };
    }
    return { outcome: 'invalid', detail: 'it cannot be decrypted' };
  }
}

/** Whatever fails, fails alike: the difference would be an oracle (RFC 7516 §11.5). */
async function opened(token: string, { privateKey }: DecryptionKey, input: JweInput): Promise<string | undefined> {
  try {
    const { plaintext } = await compactDecrypt(token, privateKey, {
      keyManagementAlgorithms: [input.alg],
      contentEncryptionAlgorithms: [input.enc],
    });
    return Buffer.from(plaintext).toString('utf8');
  } catch {
    return undefined;
  }
}
