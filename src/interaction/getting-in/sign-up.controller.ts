import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountRequests, MailThrottle, SignUpRules } from '#authentication/index.js';
import { clientAddress, queryParameter, rawQuery, redirect } from '#platform/http/index.js';
import { isEmailAddress } from '#users/index.js';
import { OutcomePage, PublicForms, SignUpPage, type PublicVisit, type SignUpModel } from '#views/index.js';
import { NewAccountPages } from './new-account-pages.service.js';
import { WaitingInteractions } from './waiting-interactions.service.js';

const PATH = '/sign-up';

/** The page of those who have no account: they ask for a link, and make one with it or with an invitation. */
@Controller('sign-up')
export class SignUpController {
  constructor(
    private readonly rules: SignUpRules,
    private readonly requests: AccountRequests,
    private readonly throttle: MailThrottle,
    private readonly newAccounts: NewAccountPages,
    private readonly waiting: WaitingInteractions,
    private readonly pages: PublicForms,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = this.visit(request, reply);
    if (!this.rules.offered) await this.tell(reply, visit, 404, 'sign-up-off');
    else if (holdsLink(visit)) await this.newAccounts.show(request, reply, visit);
    else if (queryParameter(rawQuery(request), 'done') === 'asked') await this.tell(reply, visit, 200, 'sign-up-asked');
    else await this.ask(reply, visit, 200);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = this.visit(request, reply);
    if (!this.rules.offered) {
      await this.tell(reply, visit, 404, 'sign-up-off');
      return;
    }
    const form = this.pages.accept(request, reply, visit);
    if (form === undefined) return;
    if (holdsLink(visit)) await this.newAccounts.create(request, reply, visit, form);
    else await this.send(request, reply, visit, form.get('email')?.trim() ?? '');
  }

  /** The answer is the same whether or not there is an account; which mail goes out is found out afterwards. */
  private async send(request: FastifyRequest, reply: FastifyReply, visit: PublicVisit, email: string): Promise<void> {
    const error = this.fault(email);
    if (error !== undefined) return this.ask(reply, visit, 422, { email, error });
    const retryAfterSeconds = await this.throttle.ask(clientAddress(request));
    if (retryAfterSeconds !== undefined) {
      reply.header('retry-after', retryAfterSeconds);
      return this.ask(reply, visit, 429, { email, error: { retryAfterSeconds } });
    }
    const { locale } = visit;
    const interaction = visit.query['interaction'];
    await this.requests.take({ kind: 'sign-up', address: email, locale, interaction });
    void redirect(reply, this.pages.address({ ...visit, query: { ...visit.query, done: 'asked' } }));
  }

  private fault(email: string): 'missing' | 'invalid' | 'domain' | undefined {
    if (email === '') return 'missing';
    if (!isEmailAddress(email)) return 'invalid';
    return this.rules.refuses(email) ? 'domain' : undefined;
  }

  private async ask(
    reply: FastifyReply,
    visit: PublicVisit,
    status: number,
    faults: Pick<SignUpModel, 'email' | 'error'> = {},
  ): Promise<void> {
    const { byInvitationOnly, domains } = this.rules;
    const signInPath = await this.waiting.signInPath(visit.query['interaction'], visit.browser);
    const model = { ...this.pages.target(visit), ...faults, byInvitationOnly, domains, signInPath };
    this.pages.show(reply, visit, status, SignUpPage, model);
  }

  private async tell(
    reply: FastifyReply,
    visit: PublicVisit,
    status: number,
    kind: 'sign-up-off' | 'sign-up-asked',
  ): Promise<void> {
    const onwardPath = await this.waiting.signInPath(visit.query['interaction'], visit.browser);
    this.pages.show(reply, visit, status, OutcomePage, { kind, onwardPath });
  }

  private visit(request: FastifyRequest, reply: FastifyReply): PublicVisit {
    const query = rawQuery(request);
    const named = (name: string) => queryParameter(query, name);
    const link = { token: named('token'), invitation: named('invitation') };
    return this.pages.visit(request, reply, PATH, { ...link, interaction: named('interaction') });
  }
}

function holdsLink({ query }: PublicVisit): boolean {
  return query['token'] !== undefined || query['invitation'] !== undefined;
}
