import { Controller, Get, NotFoundException, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RelyingParty } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Cors } from '#platform/http/index.js';
import { PASSKEYS_PATH } from './passkey-pages.service.js';

const MAX_AGE_SECONDS = 3600;

/** What programs that keep passkeys, and browsers, ask a site about them (RFC 8615 §3). */
@Controller('.well-known')
export class PasskeyWellKnownsController {
  constructor(
    private readonly relyingParty: RelyingParty,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Where users make and look after passkeys (Passkey Endpoints §3). */
  @Get('passkey-endpoints')
  @Cors('public')
  endpoints(@Res() reply: FastifyReply): void {
    const page = this.issuer.url(PASSKEYS_PATH);
    this.send(reply, { enroll: page, manage: page });
  }

  /** Which other origins may use the passkeys of this site (WebAuthn §5.11.1). */
  @Get('webauthn')
  @Cors('public')
  relatedOrigins(@Res() reply: FastifyReply): void {
    this.send(reply, { origins: this.relyingParty.origins });
  }

  private send(reply: FastifyReply, document: object): void {
    if (!this.relyingParty.isAvailable) throw new NotFoundException();
    void reply
      .header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`)
      .header('content-type', 'application/json')
      .send(JSON.stringify(document));
  }
}
