import { Injectable } from '@nestjs/common';
import { clauseOf } from '#explanations/index.js';
import { ApprovalsService } from '#interaction/index.js';
import { OAuthError } from '../../errors/oauth-error.js';
import { askedScope } from '../../parameters/asked-scope.js';
import { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { AnswerableError } from '../answerable-error.js';
import type { AuthorizationRequest } from '../authorization-request.js';
import { AuthorizationRequestValidator } from '../authorization-request.validator.js';
import { decisions } from './decided-approvals.js';
import { ruleBasis } from './rule-bases.js';
import { approvalKind, simulatedConsent } from './simulated-consent.js';
import { SimulatedPages, type Walked } from './simulated-pages.service.js';
import { simulatedSession } from './simulated-sign-in.js';
import { SimulatedTokens } from './simulated-tokens.service.js';
import type { SimulatedRefusal, Simulation, SimulationWish } from './simulation.js';

/** What became of the wish to know: what would be, or that something was to be ticked that the page does not offer. */
export type SimulationOutcome =
  | { readonly outcome: 'simulated'; readonly simulation: Simulation }
  | { readonly outcome: 'not-offered'; readonly kind: 'scope' | 'claim'; readonly name: string };

/** Says what an authorization request would come to, by the rules of the real one, and writes nothing. */
@Injectable()
export class Simulations {
  constructor(
    private readonly validator: AuthorizationRequestValidator,
    private readonly pages: SimulatedPages,
    private readonly tokens: SimulatedTokens,
    private readonly approvals: ApprovalsService,
  ) {}

  async simulate(wish: SimulationWish): Promise<SimulationOutcome> {
    const parameters = new OAuthParameters(wish.parameters);
    try {
      return await this.simulated(wish, parameters, await this.validator.validate(parameters));
    } catch (error) {
      const reason = error instanceof AnswerableError ? error.reason : error;
      if (!(reason instanceof OAuthError)) throw error;
      const refused = { outcome: 'refused', refusal: refusalBy(reason), pages: [], decisions: [], tokens: [] } as const;
      return { outcome: 'simulated', simulation: refused };
    }
  }

  private async simulated(
    wish: SimulationWish,
    parameters: OAuthParameters,
    received: AuthorizationRequest,
  ): Promise<SimulationOutcome> {
    const { client, user, now, ticked } = wish;
    const session = user && simulatedSession(user.id, wish);
    const walked = await this.pages.walk(received, { user, met: { session, answers: {} }, now, ticked });
    if (walked.notOffered !== undefined) return { outcome: 'not-offered', ...approvalKind(walked.notOffered) };
    const { last, consent } = walked;
    const approvals = user && (await this.approvals.of(user.id, received, now));
    const asked = askedScope(parameters, client.defaultScope);
    const simulation: Simulation = {
      ...outcomeOf(walked),
      pages: walked.pages,
      consent: consent && simulatedConsent(consent),
      decisions: decisions({ client, asked, received, user, approvals, walked }),
      tokens: user !== undefined && last.outcome === 'granted' ? await this.tokens.of(last.granted, user, now) : [],
    };
    return { outcome: 'simulated', simulation };
  }
}

function outcomeOf({ last }: Walked): Pick<Simulation, 'outcome' | 'refusal'> {
  if (last.outcome === 'granted') return { outcome: 'issued' };
  return last.outcome === 'ask'
    ? { outcome: 'stopped' }
    : { outcome: 'refused', refusal: refusalBy(last.error, last.rule) };
}

/** By the rule that asks what must not be asked, or else by what the rule that refused says of itself. */
function refusalBy({ error, description, decision }: OAuthError, asking?: string): SimulatedRefusal {
  const [rule, clause] =
    asking === undefined ? [decision?.rule ?? error, decision?.clause] : [asking, ruleBasis(asking)];
  return { error, description, rule, clause: clause ?? clauseOf(error) };
}
