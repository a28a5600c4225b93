import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { SecondFactorEntity, type SecondFactorRow } from './second-factor.entity.js';

/** The rows of `second_factor`. */
@Injectable()
export class SecondFactorsRepository extends EntityRepository<SecondFactorEntity> {
  constructor(database: Database) {
    super(database, SecondFactorEntity);
  }

  /** Adds a factor; false when it is there already. */
  async add(row: SecondFactorRow): Promise<boolean> {
    try {
      await this.rows.insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** The oldest first. */
  async findOfUser(userId: string): Promise<SecondFactorRow[]> {
    const factors = await this.prepared.findBy({ userId });
    return factors.sort(
      (one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1),
    );
  }

  /** Uses the code of a time step: true for exactly one caller, and for no step before it ever after (RFC 6238 §5.2). */
  async useStep(id: string, lastStep: number, now: Date): Promise<boolean> {
    const { affected } = await this.rows.update({ id, lastStep: LessThan(lastStep) }, { lastStep, lastUsedAt: now });
    return affected === 1;
  }

  async noteUse(userId: string, kind: SecondFactorRow['kind'], now: Date): Promise<void> {
    await this.rows.update({ userId, kind }, { lastUsedAt: now });
  }

  /** Gives an authenticator app of the user another name; false when it is none of theirs. */
  async rename(userId: string, id: string, name: string): Promise<boolean> {
    const { affected } = await this.rows.update({ id, userId, kind: 'totp' }, { name });
    return affected === 1;
  }

  /** Removes a factor of the user: true for exactly one caller. */
  async remove(userId: string, id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id, userId });
    return affected === 1;
  }

  /** Seals a key anew, if it is still the one that was read. */
  async reseal(id: string, before: string, seed: string): Promise<void> {
    await this.rows.update({ id, seed: before }, { seed });
  }
}
