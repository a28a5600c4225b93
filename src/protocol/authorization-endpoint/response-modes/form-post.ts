import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Random } from '#platform/crypto/index.js';
import { formTarget, sendPage } from '#platform/http/index.js';
import { ResponseMode } from '#standards/oidc.js';
import { FormPostPage, negotiateLocale, ViewsService } from '#views/index.js';
import { present, type ResponseParameters } from '../authorization-response.js';
import { ResponseModeHandler } from './response-mode-handler.js';

const NONCE_BYTES = 16;

/** OAuth Form Post §2: a page whose form posts the answer, by itself where scripts run and by a button where not. */
@Injectable()
export class FormPostMode extends ResponseModeHandler {
  readonly mode = ResponseMode.FormPost;

  constructor(
    private readonly views: ViewsService,
    private readonly random: Random,
  ) {
    super();
  }

  address(): undefined {
    return undefined;
  }

  send(http: FastifyRequest, reply: FastifyReply, redirectUri: string, response: ResponseParameters): FastifyReply {
    const nonce = this.random.secret(NONCE_BYTES);
    const locale = negotiateLocale({ acceptLanguage: http.headers['accept-language'] });
    const html = this.views.render(FormPostPage, { action: redirectUri, fields: present(response), nonce }, locale);
    return sendPage(reply, { status: 200, html, nonce, formTargets: [formTarget(redirectUri)] });
  }
}
