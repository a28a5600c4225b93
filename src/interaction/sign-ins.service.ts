import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticationResult } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, redirect } from '#platform/http/index.js';
import type { Session } from '#sessions/index.js';
import type { Interaction } from './interaction.js';
import { SessionStarts } from './session-starts.service.js';
import { SignInPeople } from './sign-in-people.service.js';
import { PendingSignInRecords } from './sign-in-steps/pending-sign-in-records.service.js';
import { addsTo, afterStep, firstProgress, steppingUp, type StepOutcome } from './sign-in-steps/sign-in-progress.js';
import { nextStep, SIGN_IN_STEPS, withInteraction, type SignInStep } from './sign-in-steps/sign-in-step.js';
import type { SignedInTurn } from './turn.js';
import type { SignInVisit } from './sign-in-steps/sign-in-visit.js';

/** A first proof of who somebody is, and where it was given. */
export interface ProvenSignIn {
  readonly result: AuthenticationResult;
  /** The session that the browser had before. */
  readonly replaces?: Session | undefined;
  readonly interaction?: Interaction | undefined;
  /** Without an interaction: the path that it leads to, as the browser knows it; else it is the account page. */
  readonly returnTo?: string | undefined;
  /** Everything is to be proven anew, whatever this browser is trusted with. */
  readonly afresh?: boolean | undefined;
}

/** Where a sign-in leads. */
interface Goal {
  readonly interactionId?: string | undefined;
  readonly returnTo?: string | undefined;
}

/**
 * Leads every sign-in from its first proof through the steps that it needs to its session. Whatever the first proof is,
 * it ends in `complete`; whatever a step is, it ends in `proceed`; there is no other way to a session.
 */
@Injectable()
export class SignIns {
  constructor(
    @Inject(SIGN_IN_STEPS) private readonly steps: readonly SignInStep[],
    private readonly records: PendingSignInRecords,
    private readonly starts: SessionStarts,
    private readonly people: SignInPeople,
    private readonly cookies: BrowserCookies,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Answers a first proof: with the page of the first step that is due, or with a session and the way it leads to. */
  async complete(request: FastifyRequest, reply: FastifyReply, proven: ProvenSignIn): Promise<void> {
    const { result, replaces, interaction, returnTo, afresh = false } = proven;
    const goal = { interactionId: interaction?.id, returnTo };
    const browser = this.cookies.browserId(request, reply);
    const user = result.user ?? (await this.people.user(result.userId));
    const client = await this.people.client(interaction);
    const occasion = { user, browser, client, interaction };
    const { step, progress } = await nextStep(this.steps, firstProgress(result, afresh), occasion);
    if (step === undefined) {
      await this.starts.start(request, reply, { progress, browser, replaces, interaction });
      this.leave(reply, goal);
    } else {
      await this.records.begin({ browser, progress, ...goal });
      this.goTo(reply, step, goal);
    }
  }

  /** Answers a step that is done: with the page of the next one, or with the session and the way it leads to. */
  async proceed(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit, outcome: StepOutcome): Promise<void> {
    const { pending, browser, session: replaces, interaction } = visit;
    const { step, progress } = await nextStep(this.steps, afterStep(pending, outcome), visit);
    if (step !== undefined) {
      await this.records.record(pending, progress);
      this.goTo(reply, step, pending);
      return;
    }
    const started = await this.starts.start(request, reply, { progress, browser, pending, replaces, interaction });
    if (started) this.leave(reply, pending);
    else this.beginAnew(reply, pending);
  }

  /** Notes what a step has found out whose page has something left to say; the visit as it is now. */
  async note(visit: SignInVisit, outcome: StepOutcome): Promise<SignInVisit> {
    const { pending } = visit;
    const progress = afterStep(pending, outcome);
    await this.records.record(pending, progress);
    return { ...visit, pending: { ...pending, ...progress, version: pending.version + 1 } };
  }

  /**
   * Answers somebody who is signed in and of whom more is asked: with the page of the step, or with the session as it is
   * now. Who has proven nothing lately begins anew where a step would let them prove it otherwise from now on.
   */
  async stepUp(request: FastifyRequest, reply: FastifyReply, turn: SignedInTurn, isFresh: boolean): Promise<void> {
    const { session, interaction, browser } = turn;
    const { step, progress } = await nextStep(this.steps, steppingUp(session), turn);
    if (step === undefined) {
      // A page that any site can lead to makes no new session of one to which nothing was added.
      if (addsTo(session, progress)) {
        await this.starts.start(request, reply, { progress, browser, replaces: session, interaction });
      } else await this.starts.keep(session, interaction);
      this.leave(reply, { interactionId: interaction.id });
    } else if (step.needsFreshSignIn === true && !isFresh) {
      this.beginAnew(reply, { interactionId: interaction.id });
    } else {
      await this.records.begin({ browser, progress, interactionId: interaction.id });
      this.goTo(reply, step, { interactionId: interaction.id });
    }
  }

  private goTo(reply: FastifyReply, { path }: SignInStep, { interactionId }: Goal): void {
    void redirect(reply, withInteraction(this.issuer.path(path), interactionId));
  }

  private leave(reply: FastifyReply, { interactionId, returnTo }: Goal): void {
    const own = returnTo ?? this.issuer.path('/account');
    void redirect(reply, interactionId === undefined ? own : this.issuer.path(`/oauth2/authorize/${interactionId}`));
  }

  private beginAnew(reply: FastifyReply, { interactionId }: Goal): void {
    void redirect(reply, withInteraction(this.issuer.path('/sign-in'), interactionId));
  }
}
