import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormGuard, type PostedForm, redirect } from '#platform/http/index.js';
import { accountCard, SelectAccountPage, type SelectAccountModel } from '#views/index.js';
import { clientCard } from './cards.js';
import { InteractionsService } from './interactions.service.js';
import { Pages } from './pages.service.js';
import { isSignedIn, type SignedInTurn } from './turn.js';
import { Turns } from './turns.service.js';

const PATH = '/select-account';

/** The page that asks which account to go on with (OIDC Core §3.1.2.1, prompt=select_account). */
@Controller('select-account')
export class SelectAccountController {
  constructor(
    private readonly turns: Turns,
    private readonly interactions: InteractionsService,
    private readonly forms: FormGuard,
    private readonly pages: Pages,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const turn = await this.choosing(request, reply);
    if (turn !== undefined) this.show(reply, turn, 200);
  }

  @Post()
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const turn = await this.choosing(request, reply);
    if (turn === undefined) return;
    const form = this.forms.accept(request, bindings(turn));
    if (form === undefined) this.turns.refuseForm(request, reply, turn, PATH);
    else await this.choose(reply, turn, form);
  }

  private async choose(reply: FastifyReply, turn: SignedInTurn, form: PostedForm): Promise<void> {
    const choice = form.get('account');
    if (form.get('action') === 'cancel') {
      await this.turns.deny(reply, turn);
    } else if (choice === 'current') {
      await this.interactions.record(turn.interaction, (soFar) => ({ ...soFar, chosenSessionId: turn.session.id }));
      this.turns.resume(reply, turn);
    } else if (choice === 'another') {
      void redirect(reply, this.turns.address('/sign-in', turn));
    } else {
      this.show(reply, turn, 422, { kind: 'missing' });
    }
  }

  /** The visit, unless there is nothing to choose here any more. */
  private async choosing(request: FastifyRequest, reply: FastifyReply): Promise<SignedInTurn | undefined> {
    const turn = await this.turns.open(request, reply);
    if (turn === undefined) return undefined;
    if (isSignedIn(turn) && turn.interaction.prompt.name === 'select_account') return turn;
    this.turns.resume(reply, turn);
    return undefined;
  }

  private show(reply: FastifyReply, turn: SignedInTurn, status: number, error?: SelectAccountModel['error']): void {
    this.pages.show(reply, turn, status, SelectAccountPage, {
      action: this.turns.address(PATH, turn),
      csrf: this.forms.issue(bindings(turn)),
      client: clientCard(turn.client, turn.interaction.facts.redirectUri),
      account: accountCard(turn.user),
      canCancel: true,
      error,
    });
  }
}

/** The choice is one between the account that was shown and another. */
function bindings({ browser, interaction, session }: SignedInTurn): string[] {
  return [PATH, browser, interaction.id, session.id];
}
