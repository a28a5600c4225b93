import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PendingLinks, type FlowGoal, type ReturnOutcome } from '#federation/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { redirect } from '#platform/http/index.js';
import type { UpstreamFault } from '#views/index.js';
import { InteractionRefusals } from '../interaction-refusals.service.js';
import type { ProvenSignIn } from '../sign-ins.service.js';
import { SignIns } from '../sign-ins.service.js';
import { Turns } from '../turns.service.js';
import { Visitors } from '../visitors.service.js';
import { whereaboutsQuery } from './sign-in-address.js';

/** A browser that came back, and what came of it. */
interface Returned {
  readonly browser: string;
  readonly outcome: ReturnOutcome;
}

/** Somebody at a provider whom the user of a session wants to link. */
interface Linkable extends Omit<Extract<ReturnOutcome, { outcome: 'to-link' }>, 'outcome'> {
  readonly browser: string;
}

/** The page where users see and change which accounts elsewhere lead here. */
const LINKS_PATH = '/account/identities';

type Place = Pick<ProvenSignIn, 'replaces' | 'interaction' | 'returnTo' | 'afresh'>;

/** Answers browsers that come back from a provider: onward, back to the sign-in page, or with an error. */
@Injectable()
export class UpstreamReturns {
  constructor(
    private readonly turns: Turns,
    private readonly visitors: Visitors,
    private readonly links: PendingLinks,
    private readonly signIns: SignIns,
    private readonly refusals: InteractionRefusals,
    private readonly issuer: IssuerSettings,
  ) {}

  async answer(request: FastifyRequest, reply: FastifyReply, { browser, outcome }: Returned): Promise<void> {
    switch (outcome.outcome) {
      case 'lost':
        this.lost(request, reply);
        return;
      case 'refused':
        this.refused(reply, outcome.goal, outcome.reason);
        return;
      case 'to-link':
        await this.toLink(request, reply, { browser, ...outcome });
        return;
      case 'unlinked':
        await this.links.begin(browser, outcome.identity);
        this.toSignIn(reply, outcome.goal);
        return;
      case 'recognised': {
        const place = await this.place(request, reply, outcome.goal);
        if (place !== undefined) await this.signIns.complete(request, reply, { ...place, result: outcome.result });
      }
    }
  }

  /** Back to the page of links, which asks before it links: only in the session that began it. */
  private async toLink(
    request: FastifyRequest,
    reply: FastifyReply,
    { browser, identity, sessionId }: Linkable,
  ): Promise<void> {
    const { session } = await this.visitors.identify(request);
    if (session?.id !== sessionId) {
      this.lost(request, reply);
      return;
    }
    await this.links.begin(browser, identity, sessionId);
    void redirect(reply, this.issuer.path(LINKS_PATH));
  }

  private refused(reply: FastifyReply, goal: FlowGoal, fault: UpstreamFault): void {
    if (goal.linking === undefined) this.toSignIn(reply, goal, fault);
    else void redirect(reply, `${this.issuer.path(LINKS_PATH)}?upstream=${fault}`);
  }

  /** The answer belongs to nothing that can go on. */
  lost(request: FastifyRequest, reply: FastifyReply): void {
    this.refusals.upstream(request, reply);
  }

  /** Back to where the provider was chosen, which says what came of it. */
  toSignIn(reply: FastifyReply, goal: FlowGoal, fault?: UpstreamFault): void {
    const said = fault === undefined ? undefined : `upstream=${fault}`;
    void redirect(reply, this.issuer.path('/sign-in') + whereaboutsQuery(goal, said));
  }

  leave(reply: FastifyReply, url: string): void {
    void redirect(reply, url);
  }

  /** What the sign-in was for, as it is now; undefined when that is over and has been said. */
  private async place(request: FastifyRequest, reply: FastifyReply, goal: FlowGoal): Promise<Place | undefined> {
    const { interactionId, returnTo, afresh } = goal;
    if (interactionId === undefined) {
      const { session } = await this.visitors.identify(request);
      return { replaces: session, returnTo, afresh };
    }
    const turn = await this.turns.open(request, reply, interactionId);
    return turn && { replaces: turn.session, interaction: turn.interaction, afresh };
  }
}
