import { Controller, Get, NotFoundException, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Random } from '#platform/crypto/index.js';
import { BrowserCookies, sendPage } from '#platform/http/index.js';
import { checkSessionDocument } from '#views/index.js';

const NONCE_BYTES = 16;

/** The page that clients frame to ask whether their user is still signed in (OIDC Session Management §3.2, §3.3). */
@Controller('oauth2/check-session')
export class CheckSessionController {
  constructor(
    private readonly cookies: BrowserCookies,
    private readonly random: Random,
  ) {}

  /** Not there where session management is off. */
  @Get()
  page(@Res() reply: FastifyReply): FastifyReply {
    const { opState } = this.cookies;
    if (opState === undefined) throw new NotFoundException();
    const nonce = this.random.secret(NONCE_BYTES);
    const html = checkSessionDocument({ cookieName: opState.name, nonce });
    return sendPage(reply, { status: 200, html, nonce, framedByAnyone: true });
  }
}
