import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ClientLogos } from '#clients/index.js';

/** Shows the logos of clients as pictures of our own, so that pages need nothing from elsewhere (RFC 9700 §4.2.4). */
@Controller('client-logos')
export class ClientLogosController {
  constructor(private readonly logos: ClientLogos) {}

  @Get(':client_id/:version')
  async logo(
    @Param('client_id') clientId: string,
    @Param('version') version: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const logo = await this.logos.find(clientId, version);
    if (logo === undefined) throw new NotFoundException();
    void reply
      .header('content-type', logo.mediaType)
      .header('cache-control', 'public, max-age=86400')
      .header('x-content-type-options', 'nosniff')
      .header('cross-origin-resource-policy', 'same-origin')
      .header('content-security-policy', "default-src 'none'; sandbox");
    return logo.content;
  }
}
