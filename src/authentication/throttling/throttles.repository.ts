import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, MoreThan, MoreThanOrEqual } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { SignInThrottleEntity, type SignInThrottleRow } from './throttle.entity.js';
import { blockedUntil, expiresAt, type ThrottleExpression } from './throttle-expressions.js';
import { delayAfter, type ThrottlePolicy } from './throttle-policy.js';

/** How often a look at a row may be overtaken by another attempt before this one is refused. */
const ROUNDS = 8;
const NEVER = new Date(0);

/** What came of asking for an attempt. */
type Taking = { readonly granted: true } | { readonly granted: false; readonly until: Date };

/** The rows of `sign_in_throttle`. */
@Injectable()
export class ThrottlesRepository extends EntityRepository<SignInThrottleEntity> {
  private readonly counting = new Map<ThrottlePolicy, ThrottleExpression>();

  constructor(database: Database) {
    super(database, SignInThrottleEntity);
  }

  /** Counts an attempt if the policy lets one through now; each step is one conditional statement. */
  async take(bucket: string, policy: ThrottlePolicy, now: Date): Promise<Taking> {
    for (let round = 0; round < ROUNDS; round++) {
      if (await this.count(bucket, policy, now)) return { granted: true };
      const row = await this.rows.findOneBy({ bucket });
      const taken = row === null ? this.open(bucket, policy, now) : this.reopen(row, policy, now);
      if (await taken) return { granted: true };
      if (row !== null && isBlocked(row, policy, now)) return { granted: false, until: row.blockedUntil };
    }
    return { granted: false, until: now };
  }

  /** Takes back what an attempt had counted in each of the buckets, because it was no failure. */
  async giveBack(buckets: readonly string[], now: Date): Promise<void> {
    await this.prepared.write(
      'UPDATE sign_in_throttle SET failures = failures - 1, blocked_until = 0 ' +
        `WHERE bucket IN (${buckets.map(() => '?').join(', ')}) AND failures > 0 AND expires_at > ?`,
      [...buckets, now.getTime()],
    );
  }

  /** Of all who find that the limit is reached one is told until when, and once for each count. */
  async announce(bucket: string, policy: ThrottlePolicy, now: Date): Promise<Date | undefined> {
    const { affected } = await this.rows.update(
      { bucket, failures: MoreThanOrEqual(policy.failures), expiresAt: MoreThan(now), announcedAt: IsNull() },
      { announcedAt: now },
    );
    if (affected !== 1) return undefined;
    const row = await this.findLive(bucket, now);
    return row?.blockedUntil;
  }

  findLive(bucket: string, now: Date): Promise<SignInThrottleEntity | null> {
    return this.rows.findOneBy({ bucket, expiresAt: MoreThan(now) });
  }

  async remove(bucket: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ bucket });
    return affected === 1;
  }

  private async count(bucket: string, policy: ThrottlePolicy, now: Date): Promise<boolean> {
    const { sql, laterMs } = this.countingBy(policy);
    const at = now.getTime();
    const parameters = [...laterMs.map((later) => at + later), bucket, at, policy.failures, at];
    const { affected } = await this.prepared.write(sql, parameters);
    return affected === 1;
  }

  private countingBy(policy: ThrottlePolicy): ThrottleExpression {
    let counting = this.counting.get(policy);
    if (counting === undefined) {
      counting = countingBy(policy);
      this.counting.set(policy, counting);
    }
    return counting;
  }

  private async reopen(row: SignInThrottleRow, policy: ThrottlePolicy, now: Date): Promise<boolean> {
    if (row.expiresAt > now) return false;
    const { affected } = await this.rows.update(
      { bucket: row.bucket, expiresAt: LessThanOrEqual(now) },
      first(row.bucket, policy, now),
    );
    return affected === 1;
  }

  private async open(bucket: string, policy: ThrottlePolicy, now: Date): Promise<boolean> {
    try {
      await this.rows.insert(first(bucket, policy, now));
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}

// MySQL computes one column after another from what it has written, so the count comes last.
function countingBy(policy: ThrottlePolicy): ThrottleExpression {
  const [expiry, block] = [expiresAt(policy), blockedUntil(policy)];
  return {
    sql:
      `UPDATE sign_in_throttle SET expires_at = ${expiry.sql}, blocked_until = ${block.sql}, failures = failures + 1 ` +
      'WHERE bucket = ? AND expires_at > ? AND (failures < ? OR blocked_until <= ?)',
    laterMs: [...expiry.laterMs, ...block.laterMs],
  };
}

function first(bucket: string, policy: ThrottlePolicy, now: Date): SignInThrottleRow {
  return {
    bucket,
    failures: 1,
    blockedUntil: NEVER,
    announcedAt: null,
    expiresAt: new Date(now.getTime() + policy.windowSeconds * 1000),
  };
}

function isBlocked(row: SignInThrottleRow, policy: ThrottlePolicy, now: Date): boolean {
  return row.expiresAt > now && row.blockedUntil > now && delayAfter(policy, row.failures) !== 0;
}
