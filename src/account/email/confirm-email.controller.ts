import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EmailChanges, EmailVerifications } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { queryParameter, rawQuery } from '#platform/http/index.js';
import { ErrorPages, LinkPage, OutcomePage, PublicForms, type PublicVisit } from '#views/index.js';

const PATH = '/confirm-email';

/** Where the links lead that show that an address is a user's, in whichever browser they are opened. */
@Controller('confirm-email')
export class ConfirmEmailController {
  constructor(
    private readonly verifications: EmailVerifications,
    private readonly changes: EmailChanges,
    private readonly pages: PublicForms,
    private readonly errorPages: ErrorPages,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = this.visit(request, reply);
    const { change, token = '' } = visit.query;
    const address = await (change === undefined ? this.verifications.open(token) : this.changes.open(change));
    if (address === undefined) {
      this.errorPages.send(request, reply, { kind: 'action-link' });
      return;
    }
    const kind = change === undefined ? 'verify-email' : 'change-email';
    this.pages.show(reply, visit, 200, LinkPage, { ...this.pages.target(visit), kind, address });
  }

  @Post()
  async confirm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = this.visit(request, reply);
    if (this.pages.accept(request, reply, visit) === undefined) return;
    const kind = await this.outcome(visit);
    if (kind === undefined) {
      this.errorPages.send(request, reply, { kind: 'action-link' });
      return;
    }
    const onwardPath = this.issuer.path('/account');
    this.pages.show(reply, visit, kind === 'email-taken' ? 409 : 200, OutcomePage, { kind, onwardPath });
  }

  private async outcome({ query: { change, token = '' } }: PublicVisit) {
    if (change === undefined) {
      return (await this.verifications.complete(token)) === undefined ? undefined : ('email-confirmed' as const);
    }
    const changed = await this.changes.complete(change);
    return changed && (changed === 'changed' ? ('email-changed' as const) : ('email-taken' as const));
  }

  private visit(request: FastifyRequest, reply: FastifyReply): PublicVisit {
    const query = rawQuery(request);
    const link = { token: queryParameter(query, 'token'), change: queryParameter(query, 'change') };
    return this.pages.visit(request, reply, PATH, link);
  }
}
