import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormGuard, type PostedForm, redirect } from '#platform/http/index.js';
import { ErrorPages, type ConsentModel } from '#views/index.js';
import { ConsentDecisions } from './consent-decisions.service.js';
import { consentDecision } from './consent-form.js';
import { ConsentPages, type ConsentQuestion, type ConsentShowing } from './consent-pages.service.js';
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
    if (turn !== undefined) await this.show(reply, turn, await this.pages.question(turn), { status: 200 });
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
    const question = await this.pages.question(turn);
    const decided = consentDecision(form, question.offer);
    switch (decided.decision) {
      case 'another-account':
        // Nothing ends by asking: the session stays until somebody else signs in.
        void redirect(reply, this.turns.address('/sign-in', turn));
        return;
      case 'deny':
        await this.decisions.deny(turn, await this.pages.answered(turn, question));
        this.turns.resume(reply, turn);
        return;
      case 'unclear':
        await this.again(reply, turn, question, { kind: decided.problem, ticked: form.all('scope') });
        return;
      case 'forged':
        this.errorPages.send(request, reply, { kind: 'invalid', continueUrl: this.turns.address(PATH, turn) });
        return;
      case 'allow':
        if (isOutdated(form, question)) {
          // Nobody allows what they have not read.
          await this.again(reply, turn, question, { kind: 'changed' });
          return;
        }
        await this.decisions.allow(turn, decided, await this.pages.answered(turn, question));
        this.turns.resume(reply, turn);
    }
  }

  private again(
    reply: FastifyReply,
    turn: SignedInTurn,
    question: ConsentQuestion,
    { kind, ticked }: { readonly kind: ConsentProblem; readonly ticked?: readonly string[] },
  ): Promise<void> {
    return this.show(reply, turn, question, { status: 422, error: { kind }, ticked });
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
    question: ConsentQuestion,
    showing: Omit<ConsentShowing, 'action' | 'csrf'>,
  ): Promise<void> {
    const action = this.turns.address(PATH, turn);
    return this.pages.show(reply, turn, question, { ...showing, action, csrf: this.forms.issue(bindings(turn)) });
  }
}

type ConsentProblem = NonNullable<ConsentModel['error']>['kind'];

/** Whether the form is of a page that said something else; where nothing is left to ask there is nothing to read. */
function isOutdated(form: PostedForm, { digest, offer }: ConsentQuestion): boolean {
  return form.get('shown') !== digest && offer.required.length + offer.optional.length > 0;
}

/** A decision counts for the account that was shown (session and transaction). */
function bindings({ browser, interaction, session }: SignedInTurn): string[] {
  return [PATH, browser, interaction.id, session.id];
}
