import { Injectable } from '@nestjs/common';
import { Clock, SecretKeys } from '#platform/crypto/index.js';
import { addressBlock } from '#platform/http/index.js';
import { SprayAlarmsRepository } from './spray-alarms.repository.js';
import { SprayMarksRepository } from './spray-marks.repository.js';
import { ADDRESS_SPRAY, PASSWORD_SPRAY, windowOf, type SprayKind, type SprayPolicy } from './spray-policy.js';

const PURPOSE = 'spray detection';

/** An attempt, as far as sprays go. */
export interface SprayedAttempt {
  /** The canonical login name, whether or not anybody has it. */
  readonly loginName: string;
  readonly address: string;
  /** What was tried, where it was a password. */
  readonly password?: string | undefined;
}

/** A spray that was noticed just now. */
export interface SprayAlarm {
  readonly kind: SprayKind;
  /** How many login names had failed by then. */
  readonly names: number;
  readonly until: Date;
}

/** What attempts have in common: an address block or a password, in one window. */
interface SprayGroup {
  readonly policy: SprayPolicy;
  readonly digest: string;
  readonly endsAt: Date;
}

/**
 * Notices when one address or one password fails for many accounts. Addresses, names and passwords are known by keyed
 * digests alone, which nothing outlives: another window makes other digests, and the rows go with theirs.
 */
@Injectable()
export class SprayDetector {
  constructor(
    private readonly marks: SprayMarksRepository,
    private readonly alarms: SprayAlarmsRepository,
    private readonly keys: SecretKeys,
    private readonly clock: Clock,
  ) {}

  /** For how many milliseconds attempts like this one are not let through; undefined when they are. */
  async refusal(attempt: SprayedAttempt): Promise<number | undefined> {
    const now = this.clock.now();
    const refusals: number[] = [];
    for (const { policy, digest } of this.groups(attempt)) {
      const raised = policy.refuses ? await this.alarms.find(digest, now) : null;
      if (raised !== null) refusals.push(raised.expiresAt.getTime() - now.getTime());
    }
    return refusals.length === 0 ? undefined : Math.max(...refusals);
  }

  /** Notes a failure inside the caller's transaction; what comes of it is told to exactly one caller. */
  async failed(attempt: SprayedAttempt): Promise<readonly SprayAlarm[]> {
    const raised: SprayAlarm[] = [];
    for (const group of this.groups(attempt)) {
      const alarm = await this.noted(group, attempt.loginName);
      if (alarm !== undefined) raised.push(alarm);
    }
    return raised;
  }

  private async noted({ policy, digest, endsAt }: SprayGroup, loginName: string): Promise<SprayAlarm | undefined> {
    const mark = { digest: this.digest([digest, loginName]), groupDigest: digest, expiresAt: endsAt };
    if (!(await this.marks.add(mark))) return undefined;
    const names = await this.marks.countOf(digest);
    if (names < policy.names) return undefined;
    const isFirst = await this.alarms.raise({ groupDigest: digest, expiresAt: endsAt });
    return isFirst ? { kind: policy.kind, names, until: endsAt } : undefined;
  }

  private groups({ address, password }: SprayedAttempt): SprayGroup[] {
    const byAddress = this.group(ADDRESS_SPRAY, addressBlock(address));
    return password === undefined ? [byAddress] : [byAddress, this.group(PASSWORD_SPRAY, password)];
  }

  private group(policy: SprayPolicy, common: string): SprayGroup {
    const { number, endsAt } = windowOf(policy, this.clock.now());
    return { policy, digest: this.digest([policy.kind, String(number), common]), endsAt };
  }

  private digest(parts: readonly string[]): string {
    const digest = this.keys.mac(this.keys.primaryName, PURPOSE, JSON.stringify(parts));
    if (digest === undefined) throw new Error('the first of SECRET_KEYS makes no digest');
    return digest;
  }
}
