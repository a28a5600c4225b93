import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UserPictures } from '#users/index.js';

const DIGEST = /^[A-Za-z0-9_-]{43}$/;
const EXTENSION = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const;

/** Shows the pictures of users to whoever has their address, as the claim `picture` gives it (OIDC Core §5.1). */
@Controller('pictures')
export class PicturesController {
  constructor(private readonly pictures: UserPictures) {}

  @Get(':digest')
  async picture(@Param('digest') digest: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const picture = DIGEST.test(digest) ? await this.pictures.find(digest) : undefined;
    if (picture === undefined) throw new NotFoundException();
    void reply
      .header('content-type', picture.mediaType)
      .header('content-disposition', `inline; filename="picture.${EXTENSION[picture.mediaType]}"`)
      // What is taken away is gone from caches within a day
      .header('cache-control', 'public, max-age=86400')
      .header('x-content-type-options', 'nosniff')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('content-security-policy', "default-src 'none'; sandbox");
    return picture.content;
  }
}
