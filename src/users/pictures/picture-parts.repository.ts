import { Injectable } from '@nestjs/common';
import { Database, EntityRepository } from '#platform/database/index.js';
import type { Picture } from './picture.js';
import { PicturePartEntity } from './picture-part.entity.js';

/** As base64 it fits the 65,535 bytes of a column. */
const PART_BYTES = 48_000;

/** The rows of `user_picture_part`. */
@Injectable()
export class PicturePartsRepository extends EntityRepository<PicturePartEntity> {
  constructor(database: Database) {
    super(database, PicturePartEntity);
  }

  /** The picture under a digest; whose of those who have the same does not matter. */
  async find(digest: string): Promise<Picture | undefined> {
    const [first] = await this.rows.find({ where: { digest, part: 0 }, take: 1 });
    if (first?.digest !== digest) return undefined;
    const parts = await this.rows.find({ where: { userId: first.userId, digest }, order: { part: 'ASC' } });
    return {
      mediaType: first.mediaType,
      content: Buffer.concat(parts.map(({ content }) => Buffer.from(content, 'base64'))),
    };
  }

  async replace(userId: string, digest: string, { mediaType, content }: Picture): Promise<void> {
    await this.remove(userId);
    for (let part = 0; part * PART_BYTES < content.length; part += 1) {
      const piece = content.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      await this.rows.insert({ userId, part, digest, mediaType, content: piece.toString('base64') });
    }
  }

  async remove(userId: string): Promise<void> {
    await this.rows.delete({ userId });
  }
}
