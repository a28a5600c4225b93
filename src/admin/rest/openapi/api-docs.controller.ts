import { Controller, Get, Header, Headers, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { sendPage } from '#platform/http/index.js';
import { ApiDocsPage, negotiateLocale, ViewsService, type OpenApiDocument } from '#views/index.js';
import { entityTag } from '../requests/entity-tag.js';
import { failedPrecondition, readPreconditions } from '../requests/preconditions.js';
import { servedDocument } from './served-document.js';

const DOCUMENT_PATH = '/api/openapi.json';

/** The description of the admin API: for programs and for people. */
@Controller('api')
export class ApiDocsController {
  readonly #text: string;
  readonly #document: OpenApiDocument;
  readonly #tag: string;
  readonly #documentUrl: string;

  constructor(
    issuer: IssuerSettings,
    private readonly views: ViewsService,
  ) {
    this.#text = servedDocument(issuer.issuer);
    this.#document = JSON.parse(this.#text) as OpenApiDocument;
    this.#tag = entityTag(this.#document);
    this.#documentUrl = issuer.path(DOCUMENT_PATH);
  }

  @Get('openapi.json')
  @Header('cache-control', 'public, max-age=300')
  document(@Req() { headers }: FastifyRequest, @Res() reply: FastifyReply): void {
    // RFC 9110 §13.1.2
    const fresh = failedPrecondition(readPreconditions(headers), this.#tag) === 'If-None-Match';
    void reply
      .code(fresh ? 304 : 200)
      .header('etag', this.#tag)
      .header('content-type', 'application/json; charset=utf-8')
      .send(fresh ? undefined : this.#text);
  }

  @Get('docs')
  page(
    @Query('ui_locales') uiLocales: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const locale = negotiateLocale({
      uiLocales: typeof uiLocales === 'string' ? uiLocales : undefined,
      acceptLanguage,
    });
    const model = { document: this.#document, documentUrl: this.#documentUrl };
    void sendPage(reply, { status: 200, html: this.views.render(ApiDocsPage, model, locale) });
  }
}
