import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClaimMappings, type ClaimMapping } from '#claims/index.js';
import { JWKS_MAX_AGE_SECONDS, KeyRing, type JwkSet } from '#keys/index.js';
import { sha256 } from '#platform/crypto/index.js';
import { Cors } from '#platform/http/index.js';
import { ServerMetadata } from './server-metadata.js';

/** A document as it is sent, made once for all who ask. */
interface Prepared {
  readonly body: string;
  readonly etag: string;
}

/** The documents from which everybody else learns the rest (OIDC Discovery §4, RFC 8414 §3, RFC 7517 §5). */
@Controller()
export class MetadataController {
  private metadata: { readonly mappings: readonly ClaimMapping[]; readonly document: Prepared } | undefined;
  private keys: { readonly jwks: JwkSet; readonly document: Prepared } | undefined;

  constructor(
    private readonly serverMetadata: ServerMetadata,
    private readonly mappings: ClaimMappings,
    private readonly keyRing: KeyRing,
  ) {}

  @Get('.well-known/openid-configuration')
  @Cors('public')
  async openIdConfiguration(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return sendDocument(http, reply, await this.document());
  }

  @Get('.well-known/oauth-authorization-server')
  @Cors('public')
  async authorizationServer(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return sendDocument(http, reply, await this.document());
  }

  @Get('oauth2/jwks')
  @Cors('public')
  async jwks(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const jwks = await this.keyRing.jwks();
    if (this.keys?.jwks !== jwks) this.keys = { jwks, document: prepared(jwks) };
    return sendDocument(http, reply, this.keys.document);
  }

  /** The document as the mapped claims make it, written anew only when these have changed. */
  private async document(): Promise<Prepared> {
    const mappings = await this.mappings.known();
    if (this.metadata?.mappings !== mappings) {
      this.metadata = { mappings, document: prepared(this.serverMetadata.with(mappings)) };
    }
    return this.metadata.document;
  }
}

function prepared(document: object): Prepared {
  const body = JSON.stringify(document);
  return { body, etag: `"${sha256(body)}"` };
}

function sendDocument(http: FastifyRequest, reply: FastifyReply, { body, etag }: Prepared): FastifyReply {
  reply.header('cache-control', `public, max-age=${JWKS_MAX_AGE_SECONDS}`).header('etag', etag);
  if (http.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.header('content-type', 'application/json').send(body);
}
