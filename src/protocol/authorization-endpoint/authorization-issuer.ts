import { Injectable } from '@nestjs/common';
import { SelfRegistrationsService } from '#clients/index.js';
import { ClientTokens } from '../issuance/client-tokens.js';
import type { Yield } from './authorization-response.js';
import { CodeIssuer, type Issue } from './code-issuer.js';
import { FrontChannelTokens } from './front-channel-tokens.js';
import { yieldsIdToken } from './rules/response-type.js';

/** Issues all that a response type yields: what is written first and committed, then what is signed. */
@Injectable()
export class AuthorizationIssuer {
  constructor(
    private readonly codes: CodeIssuer,
    private readonly tokens: FrontChannelTokens,
    private readonly registrations: SelfRegistrationsService,
    private readonly clientTokens: ClientTokens,
  ) {}

  async issue(issue: Issue): Promise<{ outcome: 'issued'; yielded: Yield } | { outcome: 'finished' }> {
    const { client, responseType } = issue.request;
    if (yieldsIdToken(responseType)) await this.clientTokens.checkIdToken(client); // before anything is written
    const issued = await this.codes.issue(issue);
    if (issued.outcome === 'finished') return issued;
    await this.registrations.noteUse(client);
    const { grant, code } = issued;
    if (grant === undefined) return { outcome: 'issued', yielded: {} };
    return { outcome: 'issued', yielded: { code, ...(await this.tokens.make(issue.request, grant, code)) } };
  }
}
