import { Controller, Get, NotFoundException, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { redirect } from '#platform/http/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { LOCALES } from '#views/index.js';
import { securityTxt } from './security-txt.js';

const PASSWORD_PATH = '/account/password';
const SECURITY_PATH = '/.well-known/security.txt';
const MAX_AGE_SECONDS = 3600;

/** What programs look for at the same place of every site (RFC 8615 §3). */
@Controller('.well-known')
export class WellKnownsController {
  constructor(
    private readonly settings: CompanySettingsService,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
  ) {}

  /** Where keepers of passwords send people to change theirs (W3C Change Password URL §2). */
  @Get('change-password')
  changePassword(@Res() reply: FastifyReply): void {
    void redirect(reply, this.issuer.path(PASSWORD_PATH));
  }

  /** Where to tell of a weakness (RFC 9116 §3). */
  @Get('security.txt')
  async securityTxt(@Res() reply: FastifyReply): Promise<void> {
    const about = { url: this.issuer.url(SECURITY_PATH), now: this.clock.now(), languages: LOCALES };
    const document = securityTxt(await this.settings.current(), about);
    if (document === undefined) throw new NotFoundException();
    void reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`)
      .send(document);
  }
}
