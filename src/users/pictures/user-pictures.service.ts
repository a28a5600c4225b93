import { Injectable } from '@nestjs/common';
import { IssuerSettings } from '#platform/config/index.js';
import { sha256 } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { UsersRepository } from '../users.repository.js';
import { UsersService } from '../users.service.js';
import { readPicture, type Picture, type PictureProblem } from './picture.js';
import { PicturePartsRepository } from './picture-parts.repository.js';

/** The path below which pictures are shown, each under the digest of its content. */
export const PICTURES_PATH = '/pictures/';

/** The pictures of users that this service keeps; the claim `picture` is their address (OIDC Core §5.1). */
@Injectable()
export class UserPictures {
  constructor(
    private readonly parts: PicturePartsRepository,
    private readonly rows: UsersRepository,
    private readonly users: UsersService,
    private readonly transactions: Transactions,
    private readonly issuer: IssuerSettings,
  ) {}

  find(digest: string): Promise<Picture | undefined> {
    return this.parts.find(digest);
  }

  /** Why the file cannot be the picture; nothing once it is. */
  async set(userId: string, file: Buffer | undefined): Promise<PictureProblem | undefined> {
    const reading = readPicture(file);
    if (!reading.ok) return reading.problem;
    const digest = sha256(reading.picture.content.toString('latin1'));
    await this.change(userId, this.issuer.url(PICTURES_PATH + digest), () =>
      this.parts.replace(userId, digest, reading.picture),
    );
    return undefined;
  }

  /** Takes the picture away, also one that is kept elsewhere. */
  async remove(userId: string): Promise<void> {
    await this.change(userId, null, () => this.parts.remove(userId));
  }

  private async change(userId: string, picture: string | null, write: () => Promise<void>): Promise<void> {
    await this.transactions.run(async () => {
      // Whoever changes the same user waits here, so that the claim and the parts belong together
      if (!(await this.rows.touch(userId))) return;
      await write();
      await this.users.update(userId, { claims: { picture } });
    });
  }
}
