import { createHmac } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Random, SecretBox } from '#platform/crypto/index.js';
import { SubjectKeyRepository } from './subject-key.repository.js';

const PLACE = 'subject_key pairwise';

/**
 * The key of pairwise subject identifiers (OIDC Core §8.1): made once, never changed, so that no subject ever changes.
 * SECRET_KEYS only seal it; a change of those seals the same key anew.
 */
@Injectable()
export class SubjectKey implements OnModuleInit {
  #key: Buffer | undefined;

  constructor(
    private readonly stored: SubjectKeyRepository,
    private readonly box: SecretBox,
    private readonly random: Random,
  ) {}

  /** Makes the key at the first start, and fails at once when it cannot be opened: other subjects would be other users. */
  async onModuleInit(): Promise<void> {
    if ((await this.stored.sealed()) === undefined) await this.stored.keep(this.box.seal(this.random.secret(), PLACE));
    const sealed = await this.stored.sealed();
    if (sealed === undefined) throw new Error('the key of pairwise subjects was not kept');
    const value = this.box.open(sealed, PLACE);
    if (this.box.isOutdated(sealed)) await this.stored.replace(sealed, this.box.seal(value, PLACE));
    this.#key = Buffer.from(value, 'base64url');
  }

  /** HMAC-SHA-256 in base64url, 43 characters: nobody without the key can make one or find out what it is of. */
  mac(data: string): string {
    if (this.#key === undefined) throw new Error('the key of pairwise subjects is read at start');
    return createHmac('sha256', this.#key).update(data, 'utf8').digest('base64url');
  }
}
