import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { InteractionEntity, type InteractionRow } from './interaction.entity.js';

/** How far the ends of an interaction move when something happens in it. */
export interface InteractionEnds {
  readonly idleUntil: Date;
  readonly expiresAt: Date;
}

/** The rows of `interaction`. */
@Injectable()
export class InteractionsRepository extends EntityRepository<InteractionEntity> {
  constructor(database: Database) {
    super(database, InteractionEntity);
  }

  async add(row: InteractionRow): Promise<void> {
    await this.prepared.insert(row);
  }

  find(id: string): Promise<InteractionEntity | null> {
    return this.prepared.findOneBy({ id });
  }

  /** Gives an interaction that no browser has to this one; false when another was first. */
  async bind(id: string, browserDigest: string): Promise<boolean> {
    const { affected } = await this.prepared.update({ id, browserDigest: IsNull() }, { browserDigest });
    return affected === 1;
  }

  async touch(id: string, ends: InteractionEnds): Promise<void> {
    await this.prepared.update({ id, endedAt: IsNull() }, ends);
  }

  async ask(id: string, asked: { readonly prompt: object; readonly facts: object }): Promise<void> {
    await this.prepared.update({ id, endedAt: IsNull() }, asked);
  }

  /** Writes answers over the version they were made from; false when another tab was first. */
  async answer(row: Pick<InteractionRow, 'id' | 'version'>, answers: object, ends: InteractionEnds): Promise<boolean> {
    const { affected } = await this.prepared.update(
      { id: row.id, version: row.version, endedAt: IsNull() },
      { answers, version: row.version + 1, ...ends },
    );
    return affected === 1;
  }

  /** Ends a live interaction: true for exactly one caller. */
  async end(id: string, now: Date): Promise<boolean> {
    const { affected } = await this.prepared.update(
      { id, endedAt: IsNull(), idleUntil: MoreThan(now) },
      { endedAt: now },
    );
    return affected === 1;
  }
}
