import { Controller, Get, Header, Headers, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { sendPage } from '#platform/http/index.js';
import { ApiDocsPage, negotiateLocale, ViewsService, type OpenApiDocument } from '#views/index.js';
import { entityTag } from '../requests/entity-tag.js';
import { failedPrecondition, readPreconditions } from '../requests/preconditions.js';
import { servedDocument } from './served-document.js';

const DOCUMENT_PATH = '/api/openapi.json';

/** The description as it is sent, as it is read, and its tag. */
interface Described {
  readonly text: string;
  readonly document: OpenApiDocument;
  readonly tag: string;
}

/** The description of the admin API: for programs and for people. */
@Controller('api')
export class ApiDocsController {
  readonly #documentUrl: string;
  #described: Described | undefined;

  constructor(
    private readonly issuer: IssuerSettings,
    private readonly views: ViewsService,
  ) {
    this.#documentUrl = issuer.path(DOCUMENT_PATH);
  }

  @Get('openapi.json')
  @Header('cache-control', 'public, max-age=300')
  document(@Req() { headers }: FastifyRequest, @Res() reply: FastifyReply): void {
    const { tag, text } = this.described;
    // RFC 9110 §13.1.2
    const fresh = failedPrecondition(readPreconditions(headers), tag) === 'If-None-Match';
    void reply
      .code(fresh ? 304 : 200)
      .header('etag', tag)
      .header('content-type', 'application/json; charset=utf-8')
      .send(fresh ? undefined : text);
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
    const model = { document: this.described.document, documentUrl: this.#documentUrl };
    void sendPage(reply, { status: 200, html: this.views.render(ApiDocsPage, model, locale) });
  }

  /** Read when somebody first asks, as most processes are never asked. */
  private get described(): Described {
    this.#described ??= describe(this.issuer.issuer);
    return this.#described;
  }
}

function describe(issuer: string): Described {
  const text = servedDocument(issuer);
  const document = JSON.parse(text) as OpenApiDocument;
  return { text, document, tag: entityTag(document) };
}
