import { Injectable } from '@nestjs/common';
import { IssuerSettings, TokenLifetimes } from '#platform/config/index.js';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { UsersService } from '#users/index.js';
import { SetUpLinksRepository } from './set-up-links.repository.js';

/** The one-time links by which a new installation gets its first administrator. */
@Injectable()
export class SetUpLinks {
  constructor(
    private readonly links: SetUpLinksRepository,
    private readonly users: UsersService,
    private readonly random: Random,
    private readonly issuer: IssuerSettings,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
  ) {}

  /** A new link in the place of all before it; undefined when there is an administrator. */
  async issue(): Promise<string | undefined> {
    if (await this.users.hasAdministrator()) return undefined;
    const token = this.random.secret();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + this.lifetimes.setUpLink * 1000);
    await this.links.replaceAll({ id: this.random.id(), digest: sha256(token), createdAt, expiresAt });
    return this.issuer.url(`/set-up?token=${token}`);
  }

  /** Whether the link could be used now; changes nothing, so that opening it is harmless. */
  async isLive(token: string): Promise<boolean> {
    if (!(await this.links.isLive(sha256(token), this.clock.now()))) return false;
    return !(await this.users.hasAdministrator());
  }

  /** Takes the link inside the caller's transaction: true for exactly one caller, and never beside an administrator. */
  async consume(token: string): Promise<boolean> {
    if (await this.users.hasAdministrator()) return false;
    if (!(await this.links.consume(sha256(token), this.clock.now()))) return false;
    await this.links.removeAll();
    return true;
  }
}
