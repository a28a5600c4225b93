import { Injectable } from '@nestjs/common';
import { sha256 } from '#platform/crypto/index.js';
import { UsersService, type User } from '#users/index.js';
import type { PresentedPasskey } from './passkey-response.js';
import type { PasskeyRow } from './passkey.entity.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** A passkey that is kept here, and whose it is. */
export interface HeldPasskey {
  readonly passkey: PasskeyRow;
  readonly user: User | undefined;
}

/** Finds the passkey that an answer says it is of. */
@Injectable()
export class PasskeyHolders {
  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly users: UsersService,
  ) {}

  async find(presented: PresentedPasskey | undefined): Promise<HeldPasskey | undefined> {
    if (presented === undefined) return undefined;
    const passkey = await this.passkeys.findByCredential(sha256(presented.credentialId));
    return passkey === null ? undefined : { passkey, user: await this.users.find(passkey.userId) };
  }
}
