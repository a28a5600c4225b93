import { Injectable, Logger } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { ConsentUses } from '#consent/index.js';
import { InteractionsService, type Answers, type Prompt } from '#interaction/index.js';
import { failureFacts } from '#platform/http/index.js';
import { SessionsService, type Session } from '#sessions/index.js';
import { PromptValue } from '#standards/oidc.js';
import { AccessDenied, ServerError, TemporarilyUnavailable, type OAuthError } from '../errors/oauth-error.js';
import { usedApprovals } from '../issuance/used-approvals.js';
import { AnswerableError } from './answerable-error.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { AuthorizationIssuer } from './authorization-issuer.js';
import { userDenied } from './prompt-decisions.js';
import type { Yield } from './authorization-response.js';
import { RequestJudge, type Granted, type Met } from './request-judge.service.js';

/** What an authorization request meets: the browser's sign-in, and what was answered while it waited. */
export interface Circumstances extends Met {
  /** The interaction that the request waited in, if it did. */
  readonly interactionId?: string;
}

/** What becomes of a request: a question to the user, a code, or the news that another tab was first. */
export type Decision =
  | { readonly outcome: 'ask'; readonly prompt: Prompt; readonly request: AuthorizationRequest }
  | { readonly outcome: 'issued'; readonly yielded: Yield }
  | { readonly outcome: 'finished' };

/** Answers a validated authorization request: ask the next prompt, or issue (OIDC Core §3.1.2.3 to §3.1.2.5). */
@Injectable()
export class AuthorizationService {
  private readonly logger = new Logger('protocol');

  constructor(
    private readonly sessions: SessionsService,
    private readonly judge: RequestJudge,
    private readonly interactions: InteractionsService,
    private readonly issuer: AuthorizationIssuer,
    private readonly uses: ConsentUses,
  ) {}

  /** The sign-in of the browser that asks. */
  session(cookieValue: string | undefined): Promise<Session | undefined> {
    return this.sessions.current(cookieValue);
  }

  /** Decides; throws an `AnswerableError` when the client is to be told no, or that we failed. */
  async decide(received: AuthorizationRequest, met: Circumstances): Promise<Decision> {
    try {
      return await this.decided(received, met);
    } catch (error) {
      if (error instanceof AnswerableError) throw error;
      throw answerable(this.failure(error), received, met);
    }
  }

  private async decided(received: AuthorizationRequest, met: Circumstances): Promise<Decision> {
    const refuse = (error: OAuthError) => answerable(error, received, met);
    if (met.answers.denied === true) return this.denied(received.client, met, refuse);
    const judgement = await this.judge.judge(received, met);
    switch (judgement.outcome) {
      case 'refused':
        throw refuse(judgement.error);
      case 'ask':
        return judgement;
      case 'granted':
        return this.issue(judgement.granted, met);
    }
  }

  /** RFC 6749 §4.1.2.1: stands for the 500 or 503 that a redirect cannot carry. */
  private failure(error: unknown): OAuthError {
    if (error instanceof ServerError) return error;
    if (failureFacts(error).status === 503) return new TemporarilyUnavailable(String(error));
    this.logger.error(error);
    return new ServerError(String(error));
  }

  /** RFC 6749 §4.1.2.1: no is an answer too, and like a code it is given once. */
  private async denied(
    client: Client,
    { interactionId }: Circumstances,
    refuse: (error: OAuthError) => AnswerableError,
  ): Promise<Decision> {
    if (interactionId !== undefined && !(await this.interactions.end(interactionId))) return { outcome: 'finished' };
    throw refuse(new AccessDenied('the user said no', { decision: userDenied(client) }));
  }

  private async issue(granted: Granted, met: Circumstances): Promise<Decision> {
    const { request, session, scope, claims } = granted;
    const issued = await this.issuer.issue({ ...granted, interactionId: met.interactionId });
    if (issued.outcome === 'issued' && usesApprovals(issued.yielded, met.answers)) {
      this.uses.note(session.userId, request.client.clientId, usedApprovals(scope, claims));
    }
    return issued;
  }

  /** Notes the question on the interaction, or starts one to ask it in; the path of the page that asks. */
  async pause(
    { request, prompt }: { request: AuthorizationRequest; prompt: Prompt },
    waiting: { id: string } | { parameters: readonly (readonly [string, string])[]; browser: string | undefined },
  ): Promise<string> {
    if ('id' in waiting) {
      await this.interactions.ask(waiting.id, prompt, request);
      return `${this.interactions.pagePath(prompt)}?interaction=${waiting.id}`;
    }
    const { id } = await this.interactions.start({ ...waiting, facts: request, prompt });
    return `${this.interactions.pagePath(prompt)}?interaction=${id}`;
  }
}

/** Earlier approvals are used where nobody was asked, and those just given where tokens came of them. */
function usesApprovals(yielded: Yield, { consent }: Answers): boolean {
  return consent === undefined || yielded.access_token !== undefined || yielded.id_token !== undefined;
}

/** An error for the client, with what tells whether the user knows of it. */
function answerable(error: OAuthError, request: AuthorizationRequest, { session, answers }: Circumstances) {
  return new AnswerableError(error, request, {
    client: request.client,
    userKnown: session !== undefined || Object.keys(answers).length > 0,
    silent: request.prompts.has(PromptValue.None),
  });
}
