import { Controller, Get, Header, Headers, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { sendPage } from '#platform/http/index.js';
import { ApiDocsPage, negotiateLocale, ViewsService, type OpenApiDocument } from '#views/index.js';
import { ADMIN_CONTROLLERS } from '../controllers.js';
import { API_VERSION } from './api-version.js';
import { openApiDocument } from './openapi-document.js';

const DOCUMENT_PATH = '/api/openapi.json';

/** The description of the admin API: for programs and for people. */
@Controller('api')
export class ApiDocsController {
  readonly #document: OpenApiDocument;
  readonly #documentUrl: string;

  constructor(
    issuer: IssuerSettings,
    private readonly views: ViewsService,
  ) {
    const facts = { issuer: issuer.issuer, version: API_VERSION };
    this.#document = openApiDocument(ADMIN_CONTROLLERS, facts);
    this.#documentUrl = issuer.path(DOCUMENT_PATH);
  }

  @Get('openapi.json')
  @Header('cache-control', 'public, max-age=300')
  document(): OpenApiDocument {
    return this.#document;
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
