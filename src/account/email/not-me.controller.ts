import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountRescues } from '#authentication/index.js';
import { BrowserCookies, queryParameter, rawQuery } from '#platform/http/index.js';
import { ErrorPages, LinkPage, OutcomePage, PublicForms, type PublicVisit } from '#views/index.js';

const PATH = '/not-me';

/** Where the link of a notice leads by which a user says that it was somebody else; one button gives the account back. */
@Controller('not-me')
export class NotMeController {
  constructor(
    private readonly rescues: AccountRescues,
    private readonly pages: PublicForms,
    private readonly errorPages: ErrorPages,
    private readonly cookies: BrowserCookies,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = this.visit(request, reply);
    const address = await this.rescues.open(visit.query['token'] ?? '');
    if (address === undefined) this.errorPages.send(request, reply, { kind: 'action-link' });
    else this.pages.show(reply, visit, 200, LinkPage, { ...this.pages.target(visit), kind: 'not-me', address });
  }

  @Post()
  async rescue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = this.visit(request, reply);
    if (this.pages.accept(request, reply, visit) === undefined) return;
    const address = await this.rescues.complete(visit.query['token'] ?? '');
    if (address === undefined) {
      this.errorPages.send(request, reply, { kind: 'action-link' });
      return;
    }
    this.cookies.session.clear(reply);
    this.pages.show(reply, visit, 200, OutcomePage, { kind: 'account-secured' });
  }

  private visit(request: FastifyRequest, reply: FastifyReply): PublicVisit {
    return this.pages.visit(request, reply, PATH, { token: queryParameter(rawQuery(request), 'token') });
  }
}
