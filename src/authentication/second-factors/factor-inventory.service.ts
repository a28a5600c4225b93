import { Injectable } from '@nestjs/common';
import type { FactorKind } from '#platform/events/index.js';
import type { User } from '#users/index.js';
import { PasskeysService } from '../passkey/passkeys.service.js';
import { MailCodes } from './mail-codes.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

/** Knows which kinds of second factors a user has. */
@Injectable()
export class FactorInventory {
  constructor(
    private readonly factors: SecondFactorsRepository,
    private readonly passkeys: PasskeysService,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly mailCodes: MailCodes,
  ) {}

  /**
   * The kinds that the user can prove, the strongest first. Recovery codes stand in for another factor and are none by
   * themselves; a code by mail proves nothing where the mailbox was the first proof.
   */
  async kindsOf(user: User, { byMailbox = false } = {}): Promise<FactorKind[]> {
    const kept = new Set((await this.factors.findOfUser(user.id)).map(({ kind }) => kind));
    const kinds: FactorKind[] = (await this.passkeys.countOfUser(user.id)) > 0 ? ['passkey'] : [];
    if (kept.has('totp')) kinds.push('totp');
    if (kept.has('mail_code') && !byMailbox && this.mailCodes.canReach(user)) kinds.push('mail_code');
    if (kinds.length > 0 && (await this.recoveryCodes.countUnused(user.id)) > 0) kinds.push('recovery_codes');
    return kinds;
  }
}
