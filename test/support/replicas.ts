import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandLine } from './command-line.js';
import { databaseKind, type TestDatabase } from './databases.js';
import { aMigratedDatabase } from './migrated-databases.js';
import { ServiceProcess } from './service-process.js';
import { freePort } from './start-service.js';
import type { UserAgent } from './user-agent.js';

/** What the processes are started with, beside what they need to be one service. */
export interface ReplicaChoices {
  readonly seed: object;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * The built service as several processes on one database, behind nothing: a test says which of them a browser reaches.
 * One process owns an embedded database, so there it is one, which takes many requests at once all the same.
 */
export class Replicas {
  private constructor(
    private readonly processes: readonly ServiceProcess[],
    private readonly database: TestDatabase,
    private readonly folder: string,
  ) {}

  static async start(url: string, { seed, env = {} }: ReplicaChoices): Promise<Replicas> {
    CommandLine.build();
    const isEmbedded = databaseKind(url) === 'sqlite';
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-replicas-'));
    const database = await aMigratedDatabase(isEmbedded ? `sqlite:${join(folder, 'replicas.sqlite')}` : url);
    const seedFile = join(folder, 'seed.json');
    writeFileSync(seedFile, JSON.stringify(seed));
    const ports = await Promise.all(Array.from({ length: isEmbedded ? 1 : 2 }, () => freePort()));
    const common = {
      ISSUER: `http://localhost:${ports[0] ?? 0}`,
      DATABASE_URL: database.url,
      SECRET_KEYS: Buffer.alloc(32, 5).toString('base64url'),
      SEED_FILE: seedFile,
      ...env,
    };
    const processes = await Promise.all(ports.map((port) => ServiceProcess.start(port, common)));
    return new Replicas(processes, database, folder);
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.stop()));
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get issuer(): string {
    return this.one(0).issuer;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** All that the processes wrote to their consoles. */
  get output(): string {
    return this.processes.map(({ output }) => output).join('');
  }

  /** The processes in turn. */
  one(index: number): ServiceProcess {
    const chosen = this.processes[index % this.processes.length];
    if (chosen === undefined) throw new Error('no process runs');
    return chosen;
  }

  /** Browsers that are answered by the processes in turn. */
  browsers(count: number): UserAgent[] {
    return Array.from({ length: count }, (_unused, index) => this.one(index).browser());
  }

  /** The address of a page under the issuer. */
  page(path: string): string {
    return this.issuer + path;
  }

  /** One browser as often as wished, with its cookies, each time answered by the next process. */
  copies(browser: UserAgent, count: number): UserAgent[] {
    const issuer = new URL(this.issuer);
    const cookies = (browser.cookies.header(issuer) ?? '').split('; ').map((pair) => `${pair}; Path=/`);
    return this.browsers(count).map((copy) => {
      copy.cookies.take(issuer, cookies);
      return copy;
    });
  }
}
