import { FormGuard } from '#platform/http/index.js';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInPages } from './getting-in/sign-in-pages.service.js';
import { signInContent } from './sign-in-page.js';
import type { SignInPlace, SignInSaid } from './sign-in-place.js';
import { isSignedIn, type Turn } from './turn.js';
import { Turns } from './turns.service.js';

const PATH = '/sign-in';

/** Signing in because an authorization request waits for it. */
@Injectable()
export class InteractionSignIns {
  constructor(
    private readonly turns: Turns,
    private readonly forms: FormGuard,
    private readonly pages: SignInPages,
  ) {}

  /** The place; undefined when the interaction is none for this browser and that has been said. */
  async find(request: FastifyRequest, reply: FastifyReply): Promise<SignInPlace | undefined> {
    const turn = await this.turns.open(request, reply);
    if (turn === undefined) return undefined;
    const { browser, session, interaction } = turn;
    // Not bound to the session: a sign-in in another tab must not spoil this page.
    const bindings = [PATH, browser, interaction.id];
    return {
      browser,
      session,
      interaction,
      isDone: isSignedIn(turn) && interaction.prompt.reason === 'no session',
      show: (to, status, said) => {
        this.show(to, turn, status, this.forms.issue(bindings), said);
      },
      accept: (posted) => this.forms.accept(posted, bindings),
      refuse: (posted, to) => {
        this.turns.refuseForm(posted, to, turn, PATH);
      },
      cancel: (to) => this.turns.deny(to, turn),
      leave: (to) => {
        this.turns.resume(to, turn);
      },
    };
  }

  private show(reply: FastifyReply, turn: Turn, status: number, csrf: string, said: SignInSaid): void {
    const action = this.turns.address(PATH, turn);
    this.pages.show(reply, turn, status, { ...signInContent(turn), ...said, action, csrf });
  }
}
