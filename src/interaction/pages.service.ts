import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { formTarget, sendPage } from '#platform/http/index.js';
import { ViewsService, type Page } from '#views/index.js';
import type { SignInVisit } from './sign-in-steps/sign-in-visit.js';
import type { Turn, Visitor } from './turn.js';

/** Answers with the pages of an interaction. */
@Injectable()
export class Pages {
  constructor(private readonly views: ViewsService) {}

  /** A page whose form may end, through our own redirects, at the client. */
  show<M>(reply: FastifyReply, turn: Turn, status: number, page: Page<M>, model: M): void {
    this.send(reply, turn, status, page, model, [formTarget(turn.interaction.facts.redirectUri)]);
  }

  /** The page of a step of a sign-in, whether or not a client waits. */
  showStep<M>(reply: FastifyReply, visit: SignInVisit, status: number, page: Page<M>, model: M): void {
    const { interaction } = visit;
    const targets = interaction === undefined ? [] : [formTarget(interaction.facts.redirectUri)];
    this.send(reply, visit, status, page, model, targets);
  }

  /** A page without a client behind it. */
  showOwn<M>(reply: FastifyReply, visitor: Visitor, status: number, page: Page<M>, model: M): void {
    this.send(reply, visitor, status, page, model, []);
  }

  private send<M>(
    reply: FastifyReply,
    { locale, user }: Visitor,
    status: number,
    page: Page<M>,
    model: M,
    formTargets: readonly string[],
  ): void {
    const html = this.views.render(page, model, locale, { timeZone: user?.claims.zoneinfo });
    void sendPage(reply, { status, html, formTargets, ...this.views.needs(page, model) });
  }
}
