import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasswordsService } from '#authentication/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { FormGuard, sendPage } from '#platform/http/index.js';
import { negotiateLocale, SetUpPage, ViewsService, type SetUpProblem } from '#views/index.js';
import type { SetUpFields } from './set-up-form.js';

/** What the set-up page is shown with. */
interface SetUpShowing {
  readonly token: string;
  readonly browser: string;
  readonly status: number;
  /** What was typed, when the form comes back. */
  readonly fields?: SetUpFields;
  readonly problems?: readonly SetUpProblem[];
}

/** Shows the set-up page. */
@Injectable()
export class SetUpPages {
  constructor(
    private readonly views: ViewsService,
    private readonly forms: FormGuard,
    private readonly passwords: PasswordsService,
    private readonly issuer: IssuerSettings,
  ) {}

  async show(request: FastifyRequest, reply: FastifyReply, showing: SetUpShowing): Promise<void> {
    const { token, browser, status, fields, problems } = showing;
    const locale = negotiateLocale({ acceptLanguage: request.headers['accept-language'] });
    const html = this.views.render(
      SetUpPage,
      {
        action: `${this.issuer.path('/set-up')}?token=${encodeURIComponent(token)}`,
        csrf: this.forms.issue(this.bindings(browser, token)),
        email: fields?.email,
        name: fields?.name,
        minimumPasswordLength: await this.passwords.minimumLength(),
        error: problems,
      },
      locale,
    );
    void sendPage(reply, { status, html });
  }

  /** The form is good for this browser and this link. */
  bindings(browser: string, token: string): string[] {
    return ['/set-up', browser, token];
  }
}
