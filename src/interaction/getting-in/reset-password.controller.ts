import { Controller, Get, NotFoundException, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountRequests, MailThrottle } from '#authentication/index.js';
import { Mails } from '#mails/index.js';
import { clientAddress, queryParameter, rawQuery, redirect } from '#platform/http/index.js';
import {
  ForgottenPasswordPage,
  OutcomePage,
  PublicForms,
  type ForgottenPasswordModel,
  type PublicVisit,
} from '#views/index.js';
import { NewPasswords } from './new-passwords.service.js';
import { WaitingInteractions } from './waiting-interactions.service.js';

const PATH = '/reset-password';

/** The page of those who do not know their password: they ask for a link, and choose a new one with it. */
@Controller('reset-password')
export class ResetPasswordController {
  constructor(
    private readonly mails: Mails,
    private readonly requests: AccountRequests,
    private readonly throttle: MailThrottle,
    private readonly newPasswords: NewPasswords,
    private readonly waiting: WaitingInteractions,
    private readonly pages: PublicForms,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.refuseWithoutMail();
    const visit = this.visit(request, reply);
    if (visit.query['token'] !== undefined) await this.newPasswords.show(request, reply, visit);
    else if (queryParameter(rawQuery(request), 'done') === 'asked') await this.asked(reply, visit);
    else await this.ask(reply, visit, 200);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.refuseWithoutMail();
    const visit = this.visit(request, reply);
    const form = this.pages.accept(request, reply, visit);
    if (form === undefined) return;
    if (visit.query['token'] !== undefined) {
      await this.newPasswords.choose(request, reply, visit, form.get('password') ?? '');
      return;
    }
    await this.send(request, reply, visit, form.get('username')?.trim() ?? '');
  }

  /** The answer is the same whoever is meant; whether a mail goes out is found out afterwards. */
  private async send(request: FastifyRequest, reply: FastifyReply, visit: PublicVisit, login: string): Promise<void> {
    if (login === '') return this.ask(reply, visit, 422, { error: 'missing' });
    const retryAfterSeconds = await this.throttle.ask(clientAddress(request));
    if (retryAfterSeconds !== undefined) {
      reply.header('retry-after', retryAfterSeconds);
      return this.ask(reply, visit, 429, { username: login, error: { retryAfterSeconds } });
    }
    const { locale } = visit;
    const interaction = visit.query['interaction'];
    await this.requests.take({ kind: 'reset-password', login: login.slice(0, 512), locale, interaction });
    void redirect(reply, this.pages.address({ ...visit, query: { ...visit.query, done: 'asked' } }));
  }

  private async ask(
    reply: FastifyReply,
    visit: PublicVisit,
    status: number,
    faults: Pick<ForgottenPasswordModel, 'username' | 'error'> = {},
  ): Promise<void> {
    const signInPath = await this.waiting.signInPath(visit.query['interaction'], visit.browser);
    this.pages.show(reply, visit, status, ForgottenPasswordPage, {
      ...this.pages.target(visit),
      ...faults,
      signInPath,
    });
  }

  private async asked(reply: FastifyReply, visit: PublicVisit): Promise<void> {
    const onwardPath = await this.waiting.signInPath(visit.query['interaction'], visit.browser);
    this.pages.show(reply, visit, 200, OutcomePage, { kind: 'reset-asked', onwardPath });
  }

  private visit(request: FastifyRequest, reply: FastifyReply): PublicVisit {
    const query = rawQuery(request);
    const [token, interaction] = [queryParameter(query, 'token'), queryParameter(query, 'interaction')];
    return this.pages.visit(request, reply, PATH, { token, interaction });
  }

  private refuseWithoutMail(): void {
    if (!this.mails.available) throw new NotFoundException();
  }
}
