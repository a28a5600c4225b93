import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasswordResets, PasswordsService, type OpenReset } from '#authentication/index.js';
import { BrowserCookies } from '#platform/http/index.js';
import {
  ErrorPages,
  NewPasswordPage,
  OutcomePage,
  PublicForms,
  type NewPasswordProblem,
  type PublicVisit,
} from '#views/index.js';
import { WaitingInteractions } from './waiting-interactions.service.js';

/** Lets whoever holds the link choose a new password; opening it changes nothing, only the form does. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly resets: PasswordResets,
    private readonly passwords: PasswordsService,
    private readonly waiting: WaitingInteractions,
    private readonly pages: PublicForms,
    private readonly errorPages: ErrorPages,
    private readonly cookies: BrowserCookies,
  ) {}

  async show(request: FastifyRequest, reply: FastifyReply, visit: PublicVisit): Promise<void> {
    const reset = await this.resets.open(tokenOf(visit));
    if (reset === undefined) this.gone(request, reply);
    else await this.ask(reply, visit, reset, 200);
  }

  async choose(request: FastifyRequest, reply: FastifyReply, visit: PublicVisit, password: string): Promise<void> {
    const reset = await this.resets.open(tokenOf(visit));
    if (reset === undefined) {
      this.gone(request, reply);
      return;
    }
    const problem = await this.problem(password, reset);
    if (problem !== undefined) {
      await this.ask(reply, visit, reset, 422, problem);
      return;
    }
    const done = await this.resets.complete(tokenOf(visit), await this.passwords.prepare(password));
    if (done === undefined) this.gone(request, reply);
    else await this.tell(reply, visit, done);
  }

  private async problem(password: string, { user }: OpenReset): Promise<NewPasswordProblem | undefined> {
    if (password === '') return 'missing';
    return this.passwords.problem(password, { username: user.username, email: user.claims.email });
  }

  /** The user signs in with the new password as always, so that no second factor is passed by. */
  private async tell(reply: FastifyReply, visit: PublicVisit, { link }: OpenReset): Promise<void> {
    this.cookies.session.clear(reply);
    const onwardPath = await this.waiting.signInPath(link.data.interaction, visit.browser);
    this.pages.show(reply, visit, 200, OutcomePage, { kind: 'password-set', onwardPath });
  }

  private async ask(
    reply: FastifyReply,
    visit: PublicVisit,
    { user }: OpenReset,
    status: number,
    problem?: NewPasswordProblem,
  ): Promise<void> {
    this.pages.show(reply, visit, status, NewPasswordPage, {
      ...this.pages.target(visit),
      username: user.username,
      minimumPasswordLength: await this.passwords.minimumLength(),
      problem,
    });
  }

  private gone(request: FastifyRequest, reply: FastifyReply): void {
    this.errorPages.send(request, reply, { kind: 'action-link' });
  }
}

function tokenOf({ query }: PublicVisit): string {
  return query['token'] ?? '';
}
