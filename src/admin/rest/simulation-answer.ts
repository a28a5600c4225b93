import type { PromptName } from '#interaction/index.js';
import {
  ruleBasis,
  type SimulatedAnswer,
  type SimulatedClaim,
  type SimulatedConsent,
  type Simulation,
} from '#protocol/index.js';
import type { SimulatedClaimAnswer, TokenAnswer } from './dto/simulated-tokens.dto.js';
import type { PAGES, RuledAnswer, SimulatedConsentAnswer, SimulationAnswer } from './dto/simulation.dto.js';
import type { Plain } from './member.decorators.js';

/** Whom a simulation is about, and how much of it may be said. */
export interface Told {
  readonly clientId: string;
  readonly userId: string | undefined;
  readonly time: Date;
  /** Whether whoever asks may know what claims say of the user. */
  readonly values: boolean;
}

const PAGE_NAMES: Readonly<Record<PromptName, (typeof PAGES)[number]>> = {
  select_account: 'select_account',
  login: 'sign_in',
  second_factor: 'second_factor',
  access: 'no_access',
  consent: 'consent',
};

/** A simulation as it is answered. */
export function simulationAnswer(simulation: Simulation, told: Told): Plain<SimulationAnswer> {
  const { outcome, pages, refusal, consent, decisions, tokens } = simulation;
  return {
    client_id: told.clientId,
    ...(told.userId !== undefined && { user_id: told.userId }),
    time: told.time.toISOString(),
    outcome,
    pages: pages.map(({ page, rule }) => ({ page: PAGE_NAMES[page], ...ruled(rule) })),
    ...(refusal && {
      refusal: {
        error: refusal.error,
        error_description: refusal.description,
        rule: refusal.rule,
        basis: refusal.clause,
      },
    }),
    ...(consent && { consent: consentAnswer(consent) }),
    decisions: decisions.map(({ rule, ...decision }) => ({ ...decision, ...ruled(rule) })),
    tokens: tokens.map((one) => tokenAnswer(one, told)),
  };
}

function consentAnswer({ asked, settled, durations, durationRule }: SimulatedConsent): Plain<SimulatedConsentAnswer> {
  const duration = ruled(durationRule);
  return {
    asked: asked.map(({ rule, choiceRule, ...question }) => {
      const choice = ruled(choiceRule);
      return { ...question, ...ruled(rule), choice_rule: choice.rule, choice_basis: choice.basis };
    }),
    settled: settled.map(({ since, ...what }) => ({ ...what, since: since.toISOString() })),
    durations: durations.map(({ value }) => value),
    suggested_duration: durations.find(({ suggested }) => suggested)?.value ?? 'once',
    duration_rule: duration.rule,
    duration_basis: duration.basis,
  };
}

function tokenAnswer(answer: SimulatedAnswer, told: Told): Plain<TokenAnswer> {
  const { from, accessToken, idToken, userinfo, refreshToken } = answer;
  const said = (claims: readonly SimulatedClaim[]) => claims.map((claim) => claimAnswer(claim, told));
  return {
    from,
    ...(accessToken && {
      access_token: {
        format: accessToken.format,
        audience: accessToken.audience,
        scope: accessToken.scope.join(' '),
        expires_in: accessToken.expiresIn,
        claims: said(accessToken.claims),
      },
    }),
    ...(idToken && { id_token: { claims: said(idToken.claims) } }),
    ...(userinfo && { userinfo: { claims: said(userinfo.claims) } }),
    refresh_token: refreshToken,
  };
}

function claimAnswer({ name, value, rule, scope, personal }: SimulatedClaim, told: Told): Plain<SimulatedClaimAnswer> {
  const open = value !== undefined && (told.values || !personal);
  return { name, ...(open && { value }), ...(scope !== undefined && { scope }), ...ruled(rule) };
}

function ruled(rule: string): Plain<RuledAnswer> {
  return { rule, basis: ruleBasis(rule) ?? rule };
}
