import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, FormGuard, queryParameter, rawQuery, redirect } from '#platform/http/index.js';
import { ErrorPages } from '#views/index.js';
import { SignInPages } from './getting-in/sign-in-pages.service.js';
import { ownPath } from './return-to.js';
import type { SignInPlace } from './sign-in-place.js';
import { Visitors } from './visitors.service.js';

const PATH = '/sign-in';

/** Signing in to one of our own pages, with no client behind it. */
@Injectable()
export class OwnSignIns {
  constructor(
    private readonly visitors: Visitors,
    private readonly forms: FormGuard,
    private readonly pages: SignInPages,
    private readonly cookies: BrowserCookies,
    private readonly errorPages: ErrorPages,
    private readonly issuer: IssuerSettings,
  ) {}

  async find(request: FastifyRequest, reply: FastifyReply): Promise<SignInPlace> {
    const visitor = await this.visitors.identify(request, queryParameter(rawQuery(request), 'ui_locales'));
    const browser = this.cookies.browserId(request, reply);
    const returnTo = ownPath(queryParameter(rawQuery(request), 'return_to'), this.issuer.basePath);
    // Whoever is about to change what matters most proves who they are once more.
    const afresh = queryParameter(rawQuery(request), 'again') === '1';
    const signedIn = visitor.session !== undefined && visitor.user?.status === 'active';
    const again = afresh && signedIn ? ({ reason: 'again', username: visitor.user.username } as const) : {};
    const action = this.address(returnTo, afresh);
    const bindings = [PATH, browser];
    return {
      browser,
      session: visitor.session,
      returnTo,
      afresh,
      isDone: signedIn && (!afresh || (await this.visitors.hasProvenAll(visitor.session, visitor.user))),
      show: (to, status, said) => {
        const model = { ...again, ...said, action, csrf: this.forms.issue(bindings), canCancel: false };
        this.pages.showOwn(to, visitor, status, model);
      },
      accept: (posted) => this.forms.accept(posted, bindings),
      refuse: (posted, to) => {
        this.errorPages.send(posted, to, { kind: 'form', continueUrl: action });
      },
      // Nobody waits for an answer, so there is only the page itself to go back to.
      cancel: (to) => Promise.resolve(void redirect(to, action)),
      leave: (to) => void redirect(to, returnTo ?? this.issuer.path('/account')),
    };
  }

  private address(returnTo: string | undefined, afresh: boolean): string {
    const query = [
      ...(returnTo === undefined ? [] : [`return_to=${encodeURIComponent(returnTo)}`]),
      ...(afresh ? ['again=1'] : []),
    ].join('&');
    return this.issuer.path(PATH) + (query === '' ? '' : `?${query}`);
  }
}
