import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Explanations } from '#explanations/index.js';
import { FormGuard, redirect, requestId } from '#platform/http/index.js';
import { accountCard, NoAccessPage } from '#views/index.js';
import { accessDecision } from './access-decision.js';
import { accessRefusal } from './access-refusal.js';
import { clientCard } from './cards.js';
import { Pages } from './pages.service.js';
import { isSignedIn, type SignedInTurn } from './turn.js';
import { Turns } from './turns.service.js';

const PATH = '/no-access';

/** The page for a user who may not use the application that sent them: who they are here, and whom to ask. */
@Controller('no-access')
export class NoAccessController {
  constructor(
    private readonly turns: Turns,
    private readonly forms: FormGuard,
    private readonly pages: Pages,
    private readonly explanations: Explanations,
  ) {}

  @Get()
  async tell(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const turn = await this.refused(request, reply);
    if (turn !== undefined) this.show(request, reply, turn);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const turn = await this.refused(request, reply);
    if (turn === undefined) return;
    const form = this.forms.accept(request, bindings(turn));
    if (form === undefined) this.turns.refuseForm(request, reply, turn, PATH);
    else if (form.get('action') === 'use-another-account') void redirect(reply, this.turns.address('/sign-in', turn));
    else if (form.get('action') === 'cancel') await this.turns.deny(reply, turn);
    else this.show(request, reply, turn);
  }

  /** The visit of somebody who still may not; for everybody else the request says what comes next. */
  private async refused(request: FastifyRequest, reply: FastifyReply): Promise<SignedInTurn | undefined> {
    const turn = await this.turns.open(request, reply);
    if (turn === undefined) return undefined;
    if (isSignedIn(turn) && turn.interaction.prompt.name === 'access' && !decision(turn).allowed) return turn;
    this.turns.resume(reply, turn);
    return undefined;
  }

  private show(request: FastifyRequest, reply: FastifyReply, turn: SignedInTurn): void {
    const { client, user, interaction } = turn;
    const access = decision(turn);
    this.explanations.note(request, { error: 'access_denied', decision: accessRefusal(client, access) });
    this.pages.show(reply, turn, 403, NoAccessPage, {
      action: this.turns.address(PATH, turn),
      csrf: this.forms.issue(bindings(turn)),
      client: clientCard(client, interaction.facts.redirectUri),
      account: accountCard(user),
      because: access.rules.some(({ rule, holds }) => rule === 'group' && !holds) ? 'group' : 'scope',
      contacts: client.contacts,
      supportCode: requestId(request),
    });
  }
}

function decision({ client, user, interaction }: SignedInTurn) {
  return accessDecision(client, user, interaction.facts.scope);
}

function bindings({ browser, interaction, session }: SignedInTurn): string[] {
  return [PATH, browser, interaction.id, session.id];
}
