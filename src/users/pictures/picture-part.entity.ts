import { Entity, Index } from 'typeorm';
import { Count, Digest, LongText, Ref, References, Text } from '#platform/database/index.js';
import type { Picture } from './picture.js';

/** A piece of the picture of a user as a row, as many as it takes; they go with the user. */
@Entity('user_picture_part')
@Index('IX_user_picture_part_digest', ['digest'])
export class PicturePartEntity {
  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  userId!: string;

  @Count({ primary: true })
  part!: number;

  /** Digest of the whole picture, under which it is found. */
  @Digest()
  digest!: string;

  @Text(32)
  mediaType!: Picture['mediaType'];

  /** In base64, which every database keeps alike. */
  @LongText()
  content!: string;
}
