import { Injectable } from '@nestjs/common';
import type { FactorKind } from '#platform/events/index.js';
import { Amr } from '#standards/amr.js';
import type { User } from '#users/index.js';
import { RelyingParty } from '../passkey/relying-party.js';
import { PasskeysService } from '../passkey/passkeys.service.js';
import { PasswordsService } from '../password/passwords.service.js';
import { MailCodes } from './mail-codes.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

/** What a sign-in rests on so far. */
export interface RestsOn {
  readonly amr?: readonly string[];
  readonly byMailbox?: boolean;
}

/** Knows which kinds of second factors a user has. */
@Injectable()
export class FactorInventory {
  constructor(
    private readonly factors: SecondFactorsRepository,
    private readonly passkeys: PasskeysService,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly mailCodes: MailCodes,
    private readonly passwords: PasswordsService,
    private readonly relyingParty: RelyingParty,
  ) {}

  /**
   * The kinds that the user can prove, the strongest first. Recovery codes stand in for another factor and are none by
   * themselves; a code by mail proves nothing where the mailbox was the first proof.
   */
  async kindsOf(user: User, restsOn: RestsOn = {}): Promise<FactorKind[]> {
    const kept = new Set((await this.factors.findOfUser(user.id)).map(({ kind }) => kind));
    const kinds: FactorKind[] = (await this.passkeys.countOfUser(user.id)) > 0 ? ['passkey'] : [];
    if (kept.has('totp')) kinds.push('totp');
    const byMail = kept.has('mail_code') && this.mailCodes.canReach(user);
    if (byMail && !(await this.restsOnMailbox(user.id, restsOn))) kinds.push('mail_code');
    const hasFactor = byMail || kinds.length > 0;
    if (hasFactor && (await this.recoveryCodes.countUnused(user.id)) > 0) kinds.push('recovery_codes');
    return kinds;
  }

  /** The kinds that the user could set up in this sign-in; next to a proof by the mailbox, a code by mail proves nothing more. */
  async availableTo(user: User, restsOn: RestsOn): Promise<FactorKind[]> {
    const kinds: FactorKind[] = this.relyingParty.isAvailable ? ['passkey', 'totp'] : ['totp'];
    if (!this.mailCodes.canReach(user) || (await this.restsOnMailbox(user.id, restsOn))) return kinds;
    return [...kinds, 'mail_code'];
  }

  /** Whether all that was proven is access to the user's mailbox, by a link in a mail or a password chosen by one. */
  async restsOnMailbox(userId: string, { amr = [], byMailbox = false }: RestsOn): Promise<boolean> {
    return byMailbox || (amr.includes(Amr.Password) && (await this.passwords.restsOnMailbox(userId)));
  }
}
