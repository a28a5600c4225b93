import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CsrfTokens } from './csrf.js';
import { postedFiles, type PostedFiles } from './posted-files.js';
import { isCrossSite } from './request-facts.js';
import { postedForm, type PostedForm } from './posted-form.js';

/** Makes sure that a posted form is one of our own pages, shown to this browser for this purpose (RFC 9700 §4.7). */
@Injectable()
export class FormGuard {
  constructor(private readonly csrf: CsrfTokens) {}

  /** The token to put into a form. */
  issue(bindings: readonly string[]): string {
    return this.csrf.issue(bindings);
  }

  /** The form, or undefined when another site sent it or its token is not for exactly these bindings. */
  accept(request: FastifyRequest, bindings: readonly string[]): PostedForm | undefined {
    if (isCrossSite(request)) return undefined;
    const form = postedForm(request);
    return this.csrf.valid(form?.get('csrf'), bindings) ? form : undefined;
  }

  /** The same for a form that brings files along. */
  async acceptFiles(request: FastifyRequest, bindings: readonly string[]): Promise<PostedFiles | undefined> {
    if (isCrossSite(request)) return undefined;
    const posted = await postedFiles(request);
    return this.csrf.valid(posted?.form.get('csrf'), bindings) ? posted : undefined;
  }
}
