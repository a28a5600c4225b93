import { Injectable } from '@nestjs/common';
import { SelfRegistrationsService } from '#clients/index.js';
import { Transactions } from '#platform/database/index.js';
import { SessionsService } from '#sessions/index.js';
import { ResponseType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import { ClientTokens } from '../issuance/client-tokens.js';
import type { Yield } from './authorization-response.js';
import { CodeIssuer, type Issue, type Issued } from './code-issuer.js';
import { FrontChannelTokens } from './front-channel-tokens.js';
import { yieldsIdToken, yieldsToken } from './rules/response-type.js';

/** Issues all that a response type yields: what is written first and committed, then what is signed. */
@Injectable()
export class AuthorizationIssuer {
  constructor(
    private readonly codes: CodeIssuer,
    private readonly tokens: FrontChannelTokens,
    private readonly registrations: SelfRegistrationsService,
    private readonly clientTokens: ClientTokens,
    private readonly sessions: SessionsService,
    private readonly transactions: Transactions,
  ) {}

  async issue(issue: Issue): Promise<{ outcome: 'issued'; yielded: Yield } | { outcome: 'finished' }> {
    const { client, responseType } = issue.request;
    if (yieldsIdToken(responseType)) await this.clientTokens.checkIdToken(client); // before anything is written
    const issued = await this.written(issue);
    if (issued.outcome === 'finished') return issued;
    await this.registrations.noteUse(client);
    const { grant, code } = issued;
    if (grant === undefined) return { outcome: 'issued', yielded: {} };
    return { outcome: 'issued', yielded: { code, ...(await this.tokens.make(issue.request, grant, code)) } };
  }

  /** OIDC Back-Channel Logout §2: whom to tell when the session ends is written first; nothing is issued after its end. */
  private written(issue: Issue): Promise<Issued> {
    const { request, session } = issue;
    return this.transactions.run(async () => {
      const silent = request.responseType === ResponseType.None;
      // What is used without asking for the session again must not come after its end.
      const held = issue.scope.includes(StandardScope.OfflineAccess) || yieldsToken(request.responseType);
      const reached = silent || (await this.sessions.reach(session.id, request.client.clientId, { held }));
      return reached ? this.codes.issue(issue) : { outcome: 'finished' };
    });
  }
}
