import { Injectable, Logger } from '@nestjs/common';
import { IssuerSettings, MailSettings } from '#platform/config/index.js';
import { Database, pendingMigrations } from '#platform/database/index.js';

/** Whether this process can answer, and what an operator should know besides. */
export interface ReadinessReport {
  readonly status: 'ready' | 'not ready';
  readonly checks: Readonly<Record<'database' | 'migrations' | 'serving', 'ok' | 'failed'>>;
  readonly notes: readonly string[];
}

/** Finds out whether this process can do its work now. */
@Injectable()
export class Readiness {
  private readonly logger = new Logger('health');
  private migrated = false;
  private draining = false;

  constructor(
    private readonly database: Database,
    private readonly issuer: IssuerSettings,
    private readonly mail: MailSettings,
  ) {}

  /** Turns load balancers away before the process stops to listen. */
  drain(): void {
    this.draining = true;
  }

  async report(): Promise<ReadinessReport> {
    const database = await this.succeeds('the database does not answer', () => this.database.ping());
    const migrations = database && (await this.succeeds('the schema cannot be read', () => this.checkMigrations()));
    const outcome = (good: boolean) => (good ? 'ok' : 'failed');
    const ready = database && migrations && !this.draining;
    return {
      status: ready ? 'ready' : 'not ready',
      checks: { database: outcome(database), migrations: outcome(migrations), serving: outcome(!this.draining) },
      notes: this.notes(),
    };
  }

  // A schema never goes back, so that one good answer is enough.
  private async checkMigrations(): Promise<void> {
    if (this.migrated) return;
    const pending = await pendingMigrations(this.database.dataSource);
    if (pending.length > 0) throw new Error(`migrations are pending: ${pending.join(', ')}`);
    this.migrated = true;
  }

  private notes(): string[] {
    if (this.mail.enabled || this.issuer.kind === 'development') return [];
    return ['SMTP_URL is not set, so that everything that needs mail is switched off.'];
  }

  private async succeeds(failure: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.logger.error({ err: error }, failure);
      return false;
    }
  }
}
