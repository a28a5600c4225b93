import { Injectable, Logger } from '@nestjs/common';
import type { Amr } from '#standards/amr.js';
import { Clock, Random } from '#platform/crypto/index.js';
import type { User } from '#users/index.js';
import { answerParameters } from './answer-parameters.js';
import { ProviderConnections } from './engine/provider-connections.service.js';
import { UpstreamAnswers, type Arrival } from './engine/upstream-answers.service.js';
import { UpstreamEngine } from './engine/upstream-engine.service.js';
import type { FlowGoal, UpstreamFlow } from './flows/upstream-flow.js';
import { upstreamAmr } from './identity/upstream-amr.js';
import { admissionProblem } from './identity/admission.js';
import type { UpstreamIdentity } from './identity/upstream-identity.js';
import { IdentityLinking } from './linking/identity-linking.service.js';
import type { UpstreamProvider } from './providers/upstream-provider.js';

/** A browser that wants to sign in through a provider. */
export interface UpstreamDeparture {
  readonly provider: UpstreamProvider;
  /** The secret that names the browser. */
  readonly browser: string;
  readonly goal: FlowGoal;
  readonly loginHint?: string | undefined;
}

/** The address at the provider to go to, or that there is none at the moment. */
export type DepartureOutcome =
  { readonly outcome: 'depart'; readonly url: string } | { readonly outcome: 'unavailable' };

/** Why a sign-in through a provider came to nothing, as its user may know it. */
export type UpstreamRefusal = 'denied' | 'failed' | 'not-allowed' | 'closed';

/** Why it came to nothing, and whose sign-in it would have been, where that is known. */
export interface UpstreamRefused {
  readonly reason: UpstreamRefusal;
  readonly user?: Pick<User, 'id' | 'username'> | undefined;
}

/** Whose sign-in came about through a provider: which user, how, when. */
interface UpstreamProof {
  readonly userId: string;
  readonly amr: readonly Amr[];
  readonly authTime: Date;
}

/** What came of a browser that returned from a provider. */
export type ReturnOutcome =
  | { readonly outcome: 'recognised'; readonly result: UpstreamProof; readonly goal: FlowGoal }
  /** Somebody there who is nobody here yet. */
  | { readonly outcome: 'unlinked'; readonly identity: UpstreamIdentity; readonly goal: FlowGoal }
  /** Somebody who is signed in here, and wants to link the account there. */
  | { readonly outcome: 'to-link'; readonly identity: UpstreamIdentity; readonly sessionId: string }
  | ({ readonly outcome: 'refused'; readonly goal: FlowGoal } & UpstreamRefused)
  | { readonly outcome: 'lost' };

/** A browser that returned: to which provider's address, with what. */
export interface UpstreamReturn {
  readonly provider: UpstreamProvider;
  readonly browser: string;
  /** The query of the request. */
  readonly query: string;
}

/** Signing in through providers: sends browsers there, and says who came back. */
@Injectable()
export class UpstreamSignIns {
  readonly #logger = new Logger('federation');

  constructor(
    private readonly connections: ProviderConnections,
    private readonly engine: UpstreamEngine,
    private readonly answers: UpstreamAnswers,
    private readonly linking: IdentityLinking,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async depart({ provider, browser, goal, loginHint }: UpstreamDeparture): Promise<DepartureOutcome> {
    const opened = await this.connections.open(provider);
    if (opened.outcome === 'unavailable') {
      this.#logger.warn(`nobody can be sent to identity provider ${provider.slug}: ${opened.detail}`);
      return { outcome: 'unavailable' };
    }
    const flow = { providerId: provider.id, browser, nonce: this.random.secret(), goal };
    return { outcome: 'depart', url: await this.engine.depart(opened.connection, flow, loginHint) };
  }

  async receive({ provider, browser, query }: UpstreamReturn): Promise<ReturnOutcome> {
    const answer = answerParameters(query);
    if (answer === undefined) return this.#lost(provider, 'the answer cannot be read');
    const arrival = await this.answers.receive(provider, { answer, browser });
    switch (arrival.outcome) {
      case 'lost':
        return this.#lost(provider, arrival.detail);
      case 'failed':
        return this.#refused(provider, arrival.flow, arrival);
      case 'identified':
        return arrival.flow.goal.linking === undefined
          ? this.#recognised(provider, arrival)
          : this.#toLink(provider, arrival, arrival.flow.goal.linking.sessionId);
    }
  }

  async #recognised(
    provider: UpstreamProvider,
    { identity, flow }: Extract<Arrival, { outcome: 'identified' }>,
  ): Promise<ReturnOutcome> {
    const { goal } = flow;
    const recognition = await this.linking.recognise(provider, identity);
    switch (recognition.outcome) {
      case 'refused':
        return this.#refused(provider, flow, recognition);
      case 'unlinked':
        return { outcome: 'unlinked', identity, goal };
      case 'known': {
        const amr = upstreamAmr(identity.amr, provider.trustAmr);
        const result = { userId: recognition.user.id, amr, authTime: this.#authTime(identity) };
        return { outcome: 'recognised', result, goal };
      }
    }
  }

  /** Whose account it is here is what its user is about to say; whether it may come in at all is the provider's rule. */
  #toLink(
    provider: UpstreamProvider,
    { identity, flow }: Extract<Arrival, { outcome: 'identified' }>,
    sessionId: string,
  ): ReturnOutcome {
    const detail = admissionProblem(provider, identity);
    return detail === undefined
      ? { outcome: 'to-link', identity, sessionId }
      : this.#refused(provider, flow, { reason: 'not-allowed', detail });
  }

  /** When the user proved it there, where the provider says so; it cannot have been later than now. */
  #authTime({ authTime }: UpstreamIdentity): Date {
    const now = this.clock.now();
    return authTime === undefined ? now : new Date(Math.min(authTime * 1000, now.getTime()));
  }

  #refused(
    { slug }: UpstreamProvider,
    { goal }: UpstreamFlow,
    { reason, user, detail }: UpstreamRefused & { readonly detail: string },
  ): ReturnOutcome {
    this.#logger.warn(`a sign-in through identity provider ${slug} came to nothing: ${detail}`);
    return { outcome: 'refused', reason, user, goal };
  }

  #lost({ slug }: UpstreamProvider, detail: string): ReturnOutcome {
    this.#logger.warn(`an answer of identity provider ${slug} was not taken: ${detail}`);
    return { outcome: 'lost' };
  }
}
