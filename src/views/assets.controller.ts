import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import { CompanyAssets } from './company-assets.js';

/** What this controller needs of an HTTP answer. */
interface Answer {
  header(name: string, value: string): unknown;
}

/** Serves what pages are dressed in; each name holds the hash of its content, so it may be kept for ever. */
@Controller('assets')
export class AssetsController {
  constructor(private readonly assets: CompanyAssets) {}

  @Get(':fileName')
  asset(@Param('fileName') fileName: string, @Res({ passthrough: true }) answer: Answer): Buffer {
    const asset = this.assets.find(fileName);
    if (asset === undefined) {
      throw new NotFoundException();
    }
    answer.header('content-type', asset.mediaType);
    answer.header('cache-control', 'public, max-age=31536000, immutable');
    answer.header('x-content-type-options', 'nosniff');
    answer.header('cross-origin-resource-policy', 'same-origin');
    // An SVG opened by itself is a document: it gets no scripts, no requests and no origin.
    answer.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    return asset.content;
  }
}
