import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormGuard, type PostedForm, redirect } from '#platform/http/index.js';
import { ErrorPages } from '#views/index.js';
import { ConsentDecisions } from './consent-decisions.service.js';
import { consentDecision } from './consent-form.js';
import type { ConsentOffer } from './consent-offer.js';
import { ConsentPages, type ConsentShowing } from './consent-pages.service.js';
import { isSignedIn, type SignedInTurn } from './turn.js';
import { Turns } from './turns.service.js';

const PATH = '/consent';

/** The page where a user decides what a client may have (OIDC Core §3.1.2.4). */
@Controller('consent')
export class ConsentController {
  constructor(
    private readonly turns: Turns,
    private readonly forms: FormGuard,
    private readonly pages: ConsentPages,
    private readonly decisions: ConsentDecisions,
    private readonly errorPages: ErrorPages,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const turn = await this.deciding(request, reply);
    if (turn !== undefined) await this.show(reply, turn, await this.pages.offer(turn), { status: 200 });
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const turn = await this.deciding(request, reply);
    if (turn === undefined) return;
    const form = this.forms.accept(request, bindings(turn));
    if (form === undefined) this.turns.refuseForm(request, reply, turn, PATH);
    else await this.decide(request, reply, turn, form);
  }

  private async decide(
    request: FastifyRequest,
    reply: FastifyReply,
    turn: SignedInTurn,
    form: PostedForm,
  ): Promise<void> {
    const offer = await this.pages.offer(turn);
    const decided = consentDecision(form, offer);
    switch (decided.decision) {
      case 'another-account':
        // Nothing ends by asking: the session stays until somebody else signs in.
        void redirect(reply, this.turns.address('/sign-in', turn));
        return;
      case 'deny':
        await this.turns.deny(reply, turn);
        return;
      case 'unclear':
        await this.show(reply, turn, offer, {
          status: 422,
          error: { kind: decided.problem },
          ticked: form.all('scope'),
        });
        return;
      case 'forged':
        this.errorPages.send(request, reply, { kind: 'invalid', continueUrl: this.turns.address(PATH, turn) });
        return;
      case 'allow':
        await this.decisions.allow(turn, decided);
        this.turns.resume(reply, turn);
    }
  }

  /** The visit, unless there is nothing to decide here: then the request says what comes next. */
  private async deciding(request: FastifyRequest, reply: FastifyReply): Promise<SignedInTurn | undefined> {
    const turn = await this.turns.open(request, reply);
    if (turn === undefined) return undefined;
    if (isSignedIn(turn) && turn.interaction.prompt.name === 'consent') return turn;
    this.turns.resume(reply, turn);
    return undefined;
  }

  private show(
    reply: FastifyReply,
    turn: SignedInTurn,
    offer: ConsentOffer,
    showing: Omit<ConsentShowing, 'action' | 'csrf'>,
  ): Promise<void> {
    const action = this.turns.address(PATH, turn);
    return this.pages.show(reply, turn, offer, { ...showing, action, csrf: this.forms.issue(bindings(turn)) });
  }
}

/** A decision counts for the account that was shown (session and transaction). */
function bindings({ browser, interaction, session }: SignedInTurn): string[] {
  return [PATH, browser, interaction.id, session.id];
}
