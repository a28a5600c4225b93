import { Injectable } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import type { ActionLink, ActionLinkCatalogue, ActionLinkPurpose, NewActionLink } from './action-link.js';
import type { ActionLinkRow } from './action-link.entity.js';
import { ActionLinksRepository } from './action-links.repository.js';

/** Whoever took over an account must not be able to end the way back that its owner was sent. */
const SURVIVES: ActionLinkPurpose = 'not-me';

/** The links in mails: 256 bits, short-lived, for one use, bound to what they are for, to an account and to an address. */
@Injectable()
export class ActionLinks {
  constructor(
    private readonly links: ActionLinksRepository,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /** Makes a link inside the caller's transaction; the token is in no table and is not shown again. */
  async issue<P extends ActionLinkPurpose>(link: NewActionLink<P>): Promise<string> {
    const token = this.random.secret();
    const createdAt = this.clock.now();
    await this.links.add({
      id: this.random.id(),
      digest: sha256(token),
      purpose: link.purpose,
      userId: link.userId ?? null,
      address: link.address,
      data: link.data,
      usedAt: null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + link.lifetimeSeconds * 1000),
    });
    return token;
  }

  /** The link, if it can be used now; changes nothing, so that opening it is harmless. */
  async find<P extends ActionLinkPurpose>(purpose: P, token: string): Promise<ActionLink<P> | undefined> {
    const row = await this.links.find(purpose, sha256(token));
    if (row?.usedAt !== null || row.expiresAt <= this.clock.now()) return undefined;
    return linkFrom(purpose, row);
  }

  /** Uses the link inside the caller's transaction: it is given to exactly one caller. */
  async consume<P extends ActionLinkPurpose>(purpose: P, token: string): Promise<ActionLink<P> | undefined> {
    const digest = sha256(token);
    if (!(await this.links.consume(purpose, digest, this.clock.now()))) return undefined;
    const row = await this.links.find(purpose, digest);
    return row === null ? undefined : linkFrom(purpose, row);
  }

  /** Ends the links for the same of the same user that are younger than one. */
  async endLater({ purpose, userId, createdAt }: ActionLink<ActionLinkPurpose>): Promise<void> {
    if (userId !== undefined) await this.links.endLater({ purpose, userId, createdAt }, this.clock.now());
  }

  /** Ends what a user was sent before, as their password or address is another one now. */
  async endAll(userId: string): Promise<void> {
    await this.links.endAll(userId, SURVIVES, this.clock.now());
  }
}

function linkFrom<P extends ActionLinkPurpose>(purpose: P, row: ActionLinkRow): ActionLink<P> {
  const { userId, address, data, createdAt } = row;
  return { purpose, userId: userId ?? undefined, address, data: data as ActionLinkCatalogue[P], createdAt };
}
