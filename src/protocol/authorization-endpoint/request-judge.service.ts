import { Injectable } from '@nestjs/common';
import { meets } from '#authentication/index.js';
import type { Decision } from '#explanations/index.js';
import {
  accessDecision,
  grantedNamedClaims,
  grantedScope,
  nextPrompt,
  ruleOf,
  signedInMeanwhile,
  type AccessDecision,
  type Answers,
  type Prompt,
  type PromptState,
} from '#interaction/index.js';
import { Clock } from '#platform/crypto/index.js';
import type { Session } from '#sessions/index.js';
import { PromptValue } from '#standards/oidc.js';
import type { GrantedClaims, GrantEnds } from '#tokens/index.js';
import { UsersService, type User } from '#users/index.js';
import { grantedClaims } from '../claims/claims-request.js';
import {
  AccessDenied,
  AccountSelectionRequired,
  ConsentRequired,
  InteractionRequired,
  LoginRequired,
  UnmetAuthenticationRequirements,
  type OAuthError,
} from '../errors/oauth-error.js';
import { promptDecision, tooWeak } from './prompt-decisions.js';
import { approvalEnds } from './approval-ends.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { PromptStates } from './prompt-states.service.js';

/** Whom a request meets: the browser's sign-in, and what was answered so far. */
export interface Met {
  readonly session: Session | undefined;
  readonly answers: Answers;
}

/** What is granted when nothing is left to ask. */
export interface Granted {
  readonly request: AuthorizationRequest;
  readonly session: Session;
  readonly scope: readonly string[];
  readonly claims: GrantedClaims | undefined;
  /** Until when parts of it are approved. */
  readonly ends: GrantEnds | undefined;
}

/** What was judged: the request as far as its user may grant it, and the rule that refused or asks. */
interface Judged {
  readonly request: AuthorizationRequest;
  readonly rule: string;
}

/** What is to become of a request: no, also where a question must not be shown; a question to the user; or what it grants. */
export type Judgement =
  | (Judged & { readonly outcome: 'refused'; readonly error: OAuthError; readonly prompt?: Prompt })
  | (Judged & { readonly outcome: 'ask'; readonly prompt: Prompt })
  | { readonly outcome: 'granted'; readonly granted: Granted };

/** Judges what is to become of a validated request, and writes nothing (OIDC Core §3.1.2.3 to §3.1.2.5). */
@Injectable()
export class RequestJudge {
  constructor(
    private readonly users: UsersService,
    private readonly promptStates: PromptStates,
    private readonly clock: Clock,
  ) {}

  async judge(received: AuthorizationRequest, met: Met, now = this.clock.now()): Promise<Judgement> {
    const { session } = met;
    const user = session === undefined ? undefined : await this.users.find(session.userId);
    const { request, access } = grantableBy(user, received);
    const state = { ...(await this.promptStates.of(request, { ...met, user }, now)), access };
    if (fallsShort(request, state)) {
      const decision = tooWeak(request, state);
      const error = new UnmetAuthenticationRequirements('the sign-in was too weak', { decision });
      return { outcome: 'refused', rule: 'session.acr_not_met', error, request };
    }
    const prompt = nextPrompt(request, state);
    if (prompt === undefined) return { outcome: 'granted', granted: granted(request, state) };
    const rule = ruleOf(prompt);
    // OIDC Core §3.1.2.6
    const silent = request.prompts.has(PromptValue.None);
    const decision = promptDecision(prompt, request, state);
    if (silent) return { outcome: 'refused', rule, error: promptError(prompt, decision), prompt, request };
    return { outcome: 'ask', rule, prompt, request };
  }
}

/** The request as far as its user may grant it, or as it is where they may grant nothing. */
function grantableBy(
  user: User | undefined,
  received: AuthorizationRequest,
): { readonly request: AuthorizationRequest; readonly access: AccessDecision | undefined } {
  const access = user && accessDecision(received.client, user, received.scope);
  if (access?.allowed !== true) return { request: received, access };
  const { grantable } = access;
  const scopes = received.scopes.filter(({ name }) => grantable.includes(name));
  return { request: { ...received, scopes, scope: grantable }, access };
}

function granted(request: AuthorizationRequest, state: PromptState): Granted {
  const { session } = state;
  if (session === undefined) throw new Error('a request without a session cannot be answered');
  const scope = grantedScope(request, state);
  const claims = grantedClaims(request.claims, scope, grantedNamedClaims(request, state), request.mappedScopes);
  return { request, session, scope, claims, ends: approvalEnds(state.approved, scope, claims) };
}

/** OIDC Core §5.5.1.1: an essential `acr` that even the sign-in made for it does not have is a failed authentication. */
function fallsShort({ acr }: AuthorizationRequest, state: PromptState): boolean {
  if (acr?.essential !== true || state.session === undefined || !signedInMeanwhile(state)) return false;
  return !meets(state.session.acr, acr);
}

/** OIDC Core §3.1.2.6: the error that says what `prompt=none` ruled out. */
function promptError({ error, reason }: Prompt, decision: Decision): OAuthError {
  switch (error) {
    case 'login_required':
      return new LoginRequired(reason, { decision });
    case 'access_denied':
      return new AccessDenied(reason, { decision });
    case 'consent_required':
      return new ConsentRequired(reason, { decision });
    case 'account_selection_required':
      return new AccountSelectionRequired(reason, { decision });
    case 'interaction_required':
      return new InteractionRequired(reason, { decision });
  }
}
