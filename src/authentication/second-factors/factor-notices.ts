import { Injectable } from '@nestjs/common';
import { Mails } from '#mails/index.js';
import { OnEvent, type EventCatalogue, type FactorKind } from '#platform/events/index.js';
import { UsersService } from '#users/index.js';
import { factorChangedMail, recoveryCodeUsedMail } from '#views/index.js';
import { NoticeMails } from '../notices/notice-mails.service.js';

/** The kinds under the names that the words of the mails have for them. */
const MAIL_NAMES: Readonly<Record<FactorKind, string>> = {
  totp: 'totp',
  passkey: 'passkey',
  recovery_codes: 'recovery-codes',
  mail_code: 'mail-code',
};

/** Writes to users when what they prove themselves with has changed, or a recovery code was used. */
@Injectable()
export class FactorNotices {
  constructor(
    private readonly mails: Mails,
    private readonly users: UsersService,
    private readonly notices: NoticeMails,
  ) {}

  @OnEvent('factor.added')
  async added({ userId, kind }: EventCatalogue['factor.added']): Promise<void> {
    await this.changed(userId, 'added', kind);
  }

  @OnEvent('factor.removed')
  async removed({ userId, kind }: EventCatalogue['factor.removed']): Promise<void> {
    await this.changed(userId, 'removed', kind);
  }

  @OnEvent('factor.used_recovery_code')
  async recoveryCodeUsed({ userId, remaining }: EventCatalogue['factor.used_recovery_code']): Promise<void> {
    const recipient = await this.recipient(userId);
    if (recipient !== undefined) await this.mails.send(recoveryCodeUsedMail, { ...recipient, remaining });
  }

  private async changed(userId: string, change: 'added' | 'removed', kind: FactorKind): Promise<void> {
    await this.notices.tell(userId, factorChangedMail, { change, factor: MAIL_NAMES[kind] });
  }

  private async recipient(userId: string) {
    const claims = (await this.users.find(userId))?.claims;
    if (claims?.email === undefined) return undefined;
    return { to: claims.email, locale: claims.locale, timeZone: claims.zoneinfo };
  }
}
