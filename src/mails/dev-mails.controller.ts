import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings, MailSettings } from '#platform/config/index.js';
import { isLocalPeer, sendPage } from '#platform/http/index.js';
import { DevMailsPage, MAIL_LOGO_ID, MailViews, negotiateLocale, ViewsService } from '#views/index.js';
import { DevMailbox } from './dev-mailbox.js';

const PATH = '/dev/mails';

/** The mails that a development issuer without a mail server would have sent; only for whoever sits at this machine. */
@Controller('dev/mails')
export class DevMailsController {
  constructor(
    private readonly mailbox: DevMailbox,
    private readonly views: ViewsService,
    private readonly mailViews: MailViews,
    private readonly issuer: IssuerSettings,
    private readonly mail: MailSettings,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.guard(request);
    const mails = (await this.mailbox.latest()).map(({ id, letter: { to, subject, text, writtenAt } }) => {
      const documentPath = this.issuer.path(`${PATH}/${id}`);
      return { id, to, subject, text, at: new Date(writtenAt), documentPath };
    });
    const locale = negotiateLocale({ acceptLanguage: request.headers['accept-language'] });
    const html = this.views.render(DevMailsPage, { mails }, locale);
    reply.header('referrer-policy', 'no-referrer');
    void sendPage(reply, { status: 200, html, frameSources: ["'self'"] });
  }

  /** The HTML of one mail, for the frame of the list: without scripts, and without our origin. */
  @Get(':id')
  async document(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.guard(request);
    const letter = await this.mailbox.find(id);
    if (letter === undefined) throw new NotFoundException();
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('referrer-policy', 'no-referrer')
      .header('x-frame-options', 'SAMEORIGIN')
      .header('content-security-policy', FRAME_POLICY)
      .send(letter.html.replaceAll(`cid:${MAIL_LOGO_ID}`, this.logoInside()));
  }

  private logoInside(): string {
    const { logo } = this.mailViews;
    return logo === undefined ? '' : `data:${logo.mediaType};base64,${logo.content.toString('base64')}`;
  }

  private guard(request: FastifyRequest): void {
    const shown = this.issuer.kind === 'development' && this.mail.smtpUrl === undefined;
    if (!shown || !isLocalPeer(request)) throw new NotFoundException();
  }
}

const FRAME_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "frame-ancestors 'self'",
  "base-uri 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');
