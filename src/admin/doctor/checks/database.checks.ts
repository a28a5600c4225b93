import type { Clock } from '#platform/crypto/index.js';
import { type Check, green, type Judgement, red } from '../check.js';
import type { DatabaseProbe } from '../database-probe.js';
import { judgeClock } from './clock.check.js';

/** Whether the database answers. */
export class DatabaseCheck implements Check {
  readonly name = 'database';
  readonly needs = [];

  constructor(private readonly database: DatabaseProbe) {}

  async examine(): Promise<Judgement> {
    try {
      await this.database.ping();
      return green('answers');
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      const remedy = 'Start the database, and look whether DATABASE_URL has its address, name and password.';
      return red(`cannot be used: ${code ?? message ?? String(error)}`, remedy);
    }
  }
}

/** Whether the database has every change of the schema that this version needs. */
export class SchemaCheck implements Check {
  readonly name = 'schema';
  readonly needs = ['database'];

  constructor(private readonly database: DatabaseProbe) {}

  async examine(): Promise<Judgement> {
    const pending = await this.database.pending();
    if (pending.length === 0) return green('is current');
    const says = `is behind by ${pending.length}: ${pending.join(', ')}`;
    return red(says, 'Run "gatehouse migrate"; if that surprises you, look whether DATABASE_URL is the right one.');
  }
}

/** Whether the database's clock agrees with this machine's. */
export class DatabaseClockCheck implements Check {
  readonly name = 'database-clock';
  readonly needs = ['database'];

  constructor(
    private readonly database: DatabaseProbe,
    private readonly clock: Clock,
  ) {}

  async examine(): Promise<Judgement> {
    const before = this.clock.now();
    const stated = await this.database.now();
    return judgeClock("the database's clock", { before, stated, after: this.clock.now() });
  }
}
