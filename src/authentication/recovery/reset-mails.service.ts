import { Injectable } from '@nestjs/common';
import { Mails } from '#mails/index.js';
import type { User } from '#users/index.js';
import { directoryPasswordMail, resetPasswordMail } from '#views/index.js';
import { DirectorySignIns } from '../ldap/directory-sign-ins.service.js';
import { LinkMails } from '../links/link-mails.service.js';

const LIFETIME_SECONDS = 1800;

/** What a mail with which a new password can be chosen depends on besides its user. */
export interface ResetLetter {
  readonly locale?: string;
  readonly interaction?: string | undefined;
  /** The old password was taken away. */
  readonly secured?: boolean;
}

/** Mails to those who want a new password; whose password is in a directory reads that it is chosen there alone. */
@Injectable()
export class ResetMails {
  constructor(
    private readonly linkMails: LinkMails,
    private readonly mails: Mails,
    private readonly directories: DirectorySignIns,
  ) {}

  /** Whether a mailbox has not had too many already, which nobody is told. */
  admits(address: string): Promise<boolean> {
    return this.linkMails.admits(address);
  }

  /** Writes inside the caller's transaction. */
  async send(user: User, { locale = user.claims.locale, interaction, secured }: ResetLetter): Promise<void> {
    const { email: address, zoneinfo: timeZone } = user.claims;
    if (address === undefined) return;
    const letter = { locale, timeZone, ...(secured === undefined ? {} : { secured }) };
    // A password of our own would be a way in beside the directory, which ends where the directory ends.
    if (await this.directories.decides(user)) {
      await this.mails.send(directoryPasswordMail, { ...letter, to: address });
      return;
    }
    await this.linkMails.send(
      resetPasswordMail,
      {
        ...{ purpose: 'reset-password', userId: user.id, address, lifetimeSeconds: LIFETIME_SECONDS },
        data: interaction === undefined ? {} : { interaction },
      },
      { ...letter, path: '/reset-password?token=', lifetimeSeconds: LIFETIME_SECONDS },
    );
  }
}
