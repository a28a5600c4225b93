import { Injectable } from '@nestjs/common';
import { claimApproval, consentCoverage, ConsentService } from '#consent/index.js';
import { InteractionsService, skipsConsent } from '#interaction/index.js';
import { Transactions } from '#platform/database/index.js';
import { ResponseType } from '#standards/oauth.js';
import { AuthorizationCodesService, GrantsService, type Grant } from '#tokens/index.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { IssueTimes } from './issue-times.js';
import { authorized } from './authorized.js';
import type { Granted } from './request-judge.service.js';
import { yieldsCode } from './rules/response-type.js';

/** What is issued: to whom, by whom, how much of what was asked. */
export interface Issue extends Granted {
  readonly interactionId: string | undefined;
}

/** What was written: a grant, and a code if the response type has one; `none` writes neither. */
export type Issued =
  | { readonly outcome: 'issued'; readonly grant: Grant | undefined; readonly code: string | undefined }
  | { readonly outcome: 'finished' };

/** Makes the grant and its code, and ends the interaction, all or nothing (RFC 6749 §4.1.2). */
@Injectable()
export class CodeIssuer {
  constructor(
    private readonly grants: GrantsService,
    private readonly codes: AuthorizationCodesService,
    private readonly consents: ConsentService,
    private readonly interactions: InteractionsService,
    private readonly transactions: Transactions,
    private readonly when: IssueTimes,
  ) {}

  /** A code, or the news that another tab of the same browser was answered before. */
  issue(issue: Issue): Promise<Issued> {
    const { request, interactionId } = issue;
    return this.transactions.run(async () => {
      if (interactionId !== undefined && !(await this.interactions.end(interactionId))) return { outcome: 'finished' };
      await this.rememberCompanyConsent(issue);
      if (request.responseType === ResponseType.None) return { outcome: 'issued', grant: undefined, code: undefined };
      const lifetimeSeconds = this.when.codeLifetime(request);
      const grant = await this.grants.create({ ...authorized(issue), expiresAt: this.when.grantEnd(lifetimeSeconds) });
      const code = yieldsCode(request.responseType) ? await this.code(request, grant.id, lifetimeSeconds) : undefined;
      return { outcome: 'issued', grant, code };
    });
  }

  private code(request: AuthorizationRequest, grantId: string, lifetimeSeconds: number): Promise<string> {
    return this.codes.issue({
      grantId,
      clientId: request.client.clientId,
      redirectUri: request.redirectUri,
      codeChallenge: request.codeChallenge,
      nonce: request.nonce,
      lifetimeSeconds,
    });
  }

  /** What the company allows instead of the user still appears in the user's account. */
  private async rememberCompanyConsent(issue: Issue): Promise<void> {
    const { request, session } = issue;
    const allowed = skipsConsent(request) ? grantedApprovals(issue) : (issue.ends?.company ?? []);
    if (allowed.length === 0) return;
    const { clientId } = request.client;
    const approved = await this.consents.approved(session.userId, clientId);
    const scopes = consentCoverage(approved, allowed).missing;
    if (scopes.length > 0) await this.consents.give({ userId: session.userId, clientId, scopes, givenBy: 'company' });
  }
}

/** What is granted, under the names by which approvals are remembered. */
function grantedApprovals({ request, scope, claims }: Issue): string[] {
  const named = new Set([...(claims?.userinfo ?? []), ...(claims?.idToken ?? [])].map(({ name }) => name));
  const beyond = request.namedClaims.filter(({ name }) => named.has(name));
  return [...scope, ...beyond.map(({ name }) => claimApproval(name))];
}
