import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { FormGuard, formTarget, sendPage, type PostedForm } from '#platform/http/index.js';
import { ErrorPages, ViewsService, type FormTarget, type Page } from '#views/index.js';
import { withInteraction } from '../sign-in-steps/sign-in-step.js';
import type { SignInVisit } from '../sign-in-steps/sign-in-visit.js';

/** Shows the pages of steps, whose forms are good for one sign-in in one browser. */
@Injectable()
export class StepPages {
  constructor(
    private readonly issuer: IssuerSettings,
    private readonly forms: FormGuard,
    private readonly views: ViewsService,
    private readonly errorPages: ErrorPages,
  ) {}

  show<M>(reply: FastifyReply, visit: SignInVisit, status: number, page: Page<M>, model: M): void {
    const html = this.views.render(page, model, visit.locale, { timeZone: visit.user.claims.zoneinfo });
    // The form may end, through our own redirects, at the client.
    const { interaction } = visit;
    const formTargets = interaction === undefined ? [] : [formTarget(interaction.facts.redirectUri)];
    void sendPage(reply, { status, html, formTargets });
  }

  /** The address of a step, for the authorization request that waits, if one does. */
  address(path: string, { interaction }: SignInVisit): string {
    return withInteraction(this.issuer.path(path), interaction?.id);
  }

  target(path: string, visit: SignInVisit): FormTarget {
    return { action: this.address(path, visit), csrf: this.forms.issue(bindings(path, visit)) };
  }

  /** The form; undefined when it is not ours, which the error page has said (RFC 9700 §4.7). */
  accept(request: FastifyRequest, reply: FastifyReply, path: string, visit: SignInVisit): PostedForm | undefined {
    const form = this.forms.accept(request, bindings(path, visit));
    const continueUrl = this.address(path, visit);
    if (form === undefined) this.errorPages.send(request, reply, { kind: 'form', continueUrl });
    return form;
  }
}

function bindings(path: string, { browser, pending }: SignInVisit): string[] {
  return [path, browser, pending.id];
}
