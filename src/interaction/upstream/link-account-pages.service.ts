import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { labelOf, titleOf, type PendingLink } from '#federation/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { FormGuard, type PostedForm } from '#platform/http/index.js';
import { accountCard, ErrorPages, LinkAccountPage } from '#views/index.js';
import { Pages } from '../pages.service.js';
import { withInteraction } from '../sign-in-steps/sign-in-step.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';

const PATH = '/federation/link';

/** Shows the page that asks whether to link an account, and takes only the form that it holds. */
@Injectable()
export class LinkAccountPages {
  constructor(
    private readonly issuer: IssuerSettings,
    private readonly forms: FormGuard,
    private readonly pages: Pages,
    private readonly errorPages: ErrorPages,
  ) {}

  show(reply: FastifyReply, visit: SignInVisit, { provider, identity }: PendingLink, problem?: 'taken'): void {
    const model = {
      action: this.address(PATH, visit),
      csrf: this.forms.issue(bindings(visit)),
      account: accountCard(visit.user),
      title: titleOf(provider),
      label: labelOf(identity),
      problem,
    };
    const status = problem === undefined ? 200 : 422;
    const { interaction, client } = visit;
    if (interaction === undefined || client === undefined) {
      this.pages.showOwn(reply, visit, status, LinkAccountPage, model);
    } else {
      this.pages.show(reply, { ...visit, interaction, client }, status, LinkAccountPage, model);
    }
  }

  /** The form; undefined when it is not ours, which the error page has said. */
  accept(request: FastifyRequest, reply: FastifyReply, visit: SignInVisit): PostedForm | undefined {
    const form = this.forms.accept(request, bindings(visit));
    if (form === undefined) {
      this.errorPages.send(request, reply, { kind: 'form', continueUrl: this.address(PATH, visit) });
    }
    return form;
  }

  private address(path: string, { interaction }: SignInVisit): string {
    return withInteraction(this.issuer.path(path), interaction?.id);
  }
}

function bindings({ browser, pending }: SignInVisit): string[] {
  return [PATH, browser, pending.id];
}
