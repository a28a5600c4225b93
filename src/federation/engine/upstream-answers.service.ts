import { Injectable } from '@nestjs/common';
import { isOfIssuer, type AnswerParameters } from '../answer-parameters.js';
import type { UpstreamFlow } from '../flows/upstream-flow.js';
import { UpstreamFlows, type ReturnedState } from '../flows/upstream-flows.service.js';
import { IdTokens } from '../identity/id-tokens.service.js';
import { identityFrom, type UpstreamIdentity } from '../identity/upstream-identity.js';
import { PRESETS } from '../presets/index.js';
import type { UpstreamClaims } from '../presets/preset.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import { ProviderConnections, type ProviderConnection } from './provider-connections.service.js';
import { UpstreamEngine } from './upstream-engine.service.js';
import type { UpstreamAnswer } from './upstream.strategy.js';

/** Who came back, or why nobody did; the detail is for the operator's eyes alone. */
export type Arrival =
  | { readonly outcome: 'identified'; readonly identity: UpstreamIdentity; readonly flow: UpstreamFlow }
  | {
      readonly outcome: 'failed';
      readonly reason: 'denied' | 'failed';
      readonly detail: string;
      readonly flow: UpstreamFlow;
    }
  /** The answer belongs to nothing that this browser began, or was taken before. */
  | { readonly outcome: 'lost'; readonly detail: string };

/** What a browser brings back from a provider, and the secret that names the browser. */
export interface ReturnedBrowser {
  readonly answer: AnswerParameters;
  readonly browser: string;
}

type Said = { readonly said: UpstreamClaims; readonly issuer: string } | { readonly problem: string };

/** Takes browsers back from providers: each answer once, checked in every way, until it says who somebody is there. */
@Injectable()
export class UpstreamAnswers {
  constructor(
    private readonly connections: ProviderConnections,
    private readonly engine: UpstreamEngine,
    private readonly flows: UpstreamFlows,
    private readonly idTokens: IdTokens,
  ) {}

  async receive(provider: UpstreamProvider, { answer, browser }: ReturnedBrowser): Promise<Arrival> {
    const returned = { state: answer.state, browser, providerId: provider.id };
    const opened = await this.connections.open(provider);
    const problem = opened.outcome === 'open' ? answerProblem(answer, opened.connection) : opened.detail;
    if (opened.outcome === 'open' && problem === undefined && answer.code !== undefined) {
      return this.redeemed(opened.connection, answer.code, returned);
    }
    // Whatever it says, the answer is used up.
    const flow = await this.flows.take(returned);
    return flow === undefined ? LOST : refused(answer, flow, problem ?? 'there is no code');
  }

  private async redeemed(connection: ProviderConnection, code: string, returned: ReturnedState): Promise<Arrival> {
    const result = await this.engine.receive(connection, code, returned);
    if (result.outcome === 'lost') return LOST;
    const { flow } = result;
    if (result.outcome === 'failed') return failed(result.detail, flow);
    const said = await this.said(connection, result.answer, { code, flow });
    if ('problem' in said) return failed(said.problem, flow);
    const identity = identityFrom(connection.provider, said.issuer, said.said);
    return identity === undefined
      ? failed('the provider does not say who it is', flow)
      : { outcome: 'identified', identity, flow };
  }

  /** What the provider says, signed where it can; the address that answered is the issuer where nobody signs. */
  private async said(
    connection: ProviderConnection,
    { accessToken, idToken, profile }: UpstreamAnswer,
    { code, flow }: { readonly code: string; readonly flow: UpstreamFlow },
  ): Promise<Said> {
    const { provider, endpoints } = connection;
    if (PRESETS[provider.preset].protocol === 'oauth2') return { said: profile, issuer: endpoints.userinfo ?? '' };
    if (idToken === undefined) return { problem: 'the token endpoint answered no ID token' };
    const checked = await this.idTokens.check({ idToken, accessToken, code }, connection, flow);
    if (checked.outcome === 'invalid') return { problem: checked.detail };
    const { claims } = checked;
    // OIDC Core §5.3.2: an answer about somebody else is not used
    if (Object.keys(profile).length > 0 && profile['sub'] !== claims['sub']) {
      return { problem: 'the userinfo endpoint speaks of somebody else' };
    }
    return { said: { ...profile, ...claims }, issuer: String(claims['iss']) };
  }
}

const LOST: Arrival = { outcome: 'lost', detail: 'the state is unknown, used, too old, or of another browser' };

function failed(detail: string, flow: UpstreamFlow): Arrival {
  return { outcome: 'failed', reason: 'failed', detail, flow };
}

function answerProblem(answer: AnswerParameters, { endpoints }: ProviderConnection): string | undefined {
  if (!isOfIssuer(answer, endpoints)) return 'the answer is of another issuer';
  return answer.error === undefined ? undefined : `the provider answered ${plainCode(answer.error)}`;
}

function refused(answer: AnswerParameters, flow: UpstreamFlow, detail: string): Arrival {
  const denied = answer.error === 'access_denied' || answer.error === 'user_cancelled_login';
  return { outcome: 'failed', reason: denied ? 'denied' : 'failed', detail, flow };
}

/** RFC 6749 §4.1.2.1: a code is a short word; anything else is not repeated. */
function plainCode(error: string): string {
  return /^[\x21-\x7e]{1,64}$/.test(error) ? error : 'something unreadable';
}
