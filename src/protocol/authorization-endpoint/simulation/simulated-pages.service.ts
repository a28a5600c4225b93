import { Injectable } from '@nestjs/common';
import { FactorInventory } from '#authentication/index.js';
import { ConsentOffers, SecondFactorPolicies, type Prompt } from '#interaction/index.js';
import type { FactorKind } from '#platform/events/index.js';
import type { User } from '#users/index.js';
import type { AuthorizationRequest } from '../authorization-request.js';
import { RequestJudge, type Judgement, type Met } from '../request-judge.service.js';
import { allowing, type ShownConsentPage } from './simulated-consent.js';
import { signedInAgain, steppedUp } from './simulated-sign-in.js';
import type { SimulatedPage } from './simulation.js';

/** Who goes through the pages, and when. */
export interface Walker {
  readonly user: User | undefined;
  readonly met: Met;
  readonly now: Date;
  /** What is left ticked on the consent page; what is ticked at first when absent. */
  readonly ticked: readonly string[] | undefined;
}

/** The way through the pages. */
export interface Walked {
  readonly pages: readonly SimulatedPage[];
  readonly consent: ShownConsentPage | undefined;
  /** What is said last: a question where nobody gets on. */
  readonly last: Judgement;
  /** What was to be left ticked although the page does not offer it. */
  readonly notOffered?: string;
}

type Asked = Extract<Judgement, { readonly outcome: 'ask' }>;

/** Goes from page to page as a user would who does what each of them asks. */
@Injectable()
export class SimulatedPages {
  constructor(
    private readonly judge: RequestJudge,
    private readonly offers: ConsentOffers,
    private readonly policies: SecondFactorPolicies,
    private readonly inventory: FactorInventory,
  ) {}

  async walk(received: AuthorizationRequest, walker: Walker): Promise<Walked> {
    return this.on(received, walker, []);
  }

  private async on(received: AuthorizationRequest, walker: Walker, before: readonly SimulatedPage[]): Promise<Walked> {
    const last = await this.judge.judge(received, walker.met, walker.now);
    if (last.outcome === 'granted') return { pages: before, consent: undefined, last };
    const { prompt, request, rule } = last;
    const consent = prompt?.name === 'consent' ? await this.consentPage(prompt, request, walker) : undefined;
    // what is asked again after it was done can never be done as things are
    if (last.outcome === 'refused' || before.some((page) => page.rule === rule))
      return { pages: before, consent, last };
    const pages = [...before, { page: last.prompt.name, rule }];
    const met = await this.after(last, walker, consent);
    if (typeof met === 'string') return { pages, consent, last, notOffered: met };
    if (met === undefined) return { pages, consent, last };
    const walked = await this.on(received, { ...walker, met }, pages);
    return { ...walked, consent: walked.consent ?? consent };
  }

  private async consentPage(
    prompt: Prompt,
    request: AuthorizationRequest,
    { user, now }: Walker,
  ): Promise<ShownConsentPage | undefined> {
    if (user === undefined) return undefined;
    const { client } = request;
    return { decided: await this.offers.of({ userId: user.id, client, facts: request, prompt }, now), prompt, request };
  }

  /** The kinds of second factors that will do, those first that the user has. */
  private async kinds(user: User, { client }: AuthorizationRequest): Promise<readonly FactorKind[]> {
    const { kinds } = await this.policies.holdingFor(user, client);
    const own = await this.inventory.kindsOf(user);
    return [...kinds.filter((kind) => own.includes(kind)), ...kinds];
  }

  /** What the request meets once the page was answered; nothing where nobody gets on, a name where it is not on the page. */
  private async after(
    { prompt, request }: Asked,
    { met: { session, answers }, user, now, ticked }: Walker,
    consent: ShownConsentPage | undefined,
  ): Promise<Met | string | undefined> {
    if (session === undefined || user?.status !== 'active') return undefined;
    switch (prompt.name) {
      case 'select_account':
        return { session, answers: { ...answers, chosenSessionId: session.id } };
      case 'login':
        return signedInAgain(session, now);
      case 'second_factor':
        return steppedUp(session, await this.kinds(user, request), request.acr, now);
      case 'access':
        return undefined;
      case 'consent':
        return consent && afterConsent({ session, answers }, consent, user, ticked);
    }
  }
}

function afterConsent(
  { session, answers }: Met,
  consent: ShownConsentPage,
  user: User,
  ticked: readonly string[] | undefined,
): Met | string | undefined {
  const decision = allowing(consent, ticked);
  if (decision.decision === 'forged') return decision.scope;
  if (decision.decision !== 'allow') return undefined;
  const remember = decision.duration.kind !== 'once';
  return { session, answers: { ...answers, consent: { userId: user.id, scopes: decision.granted, remember } } };
}
