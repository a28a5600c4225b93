import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

const MARIADBD = '/usr/sbin/mariadbd';
const LONGEST_START_MS = 90_000;
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
/** A server does not run as root, nor does what copies its files to another one. */
const OWNER = userInfo().uid === 0 ? 'mysql' : userInfo().username;
const USER = `--user=${OWNER}`;
const FLAGS = [
  '--no-defaults',
  USER,
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--innodb-buffer-pool-size=64M',
  '--innodb-flush-log-at-trx-commit=2',
];

/** A database server of a test's own, which it may stop, freeze and kill. The machine's own server is left alone. */
export class MariadbServer {
  private process: ChildProcess | undefined;
  private guardian: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly flags: readonly string[],
  ) {}

  /** Makes the data of a server, which does not run yet; a copy of another's is made faster. */
  static make(port: number, flags: readonly string[] = [], model?: MariadbServer): MariadbServer {
    const made = new MariadbServer(mkdtempSync(join(tmpdir(), 'gatehouse-mariadb-')), port, flags);
    if (model === undefined) installDatabase(made.data);
    else cpSync(model.data, made.data, { recursive: true });
    run('chown', ['-R', OWNER, made.folder]);
    return made;
  }

  /** Where a database of that name is. */
  url(database: string): string {
    return `mariadb://root@127.0.0.1:${this.port}/${database}`;
  }

  get pid(): number {
    if (this.process?.pid === undefined) throw new Error('the database server does not run');
    return this.process.pid;
  }

  /** What the server wrote about itself. */
  get log(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
  }

  /** Starts the server and waits until it answers as wished: with rows, unless something else is asked. */
  async start(extraFlags: readonly string[] = [], ready = 'SELECT 1'): Promise<void> {
    const places = [`--datadir=${this.data}`, `--socket=${join(this.folder, 'socket')}`, `--log-error=${this.logFile}`];
    const flags = [...FLAGS, ...places, `--port=${this.port}`, ...this.flags, ...extraFlags];
    this.process = spawn(MARIADBD, flags, { stdio: 'ignore', env: { ...process.env, PATH } });
    this.guardian = guard(this.pid, this.folder);
    await this.answers(ready);
  }

  /** Asks the server, over a connection of its own. */
  async query(sql: string): Promise<readonly RowDataPacket[]> {
    const connection = await createConnection({ host: '127.0.0.1', port: this.port, user: 'root' });
    try {
      const [found] = await connection.query<RowDataPacket[]>(sql);
      return found;
    } finally {
      connection.destroy();
    }
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Ends it without a farewell, and waits until it is gone. */
  async kill(): Promise<void> {
    const { process: server } = this;
    if (server === undefined) return;
    if (server.exitCode === null && server.signalCode === null) {
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
    }
    this.guardian?.kill('SIGKILL');
    this.process = undefined;
  }

  /** Ends it, and removes all that it kept. */
  async drop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private get logFile(): string {
    return join(this.folder, 'error.log');
  }

  private async answers(sql: string): Promise<void> {
    const deadline = Date.now() + LONGEST_START_MS;
    while (
      !(await this.query(sql).then(
        (rows) => rows.length > 0,
        () => false,
      ))
    ) {
      const ended = this.process?.exitCode ?? this.process?.signalCode;
      if (ended != null) throw new Error(`the database server ended with ${ended}: ${this.log.slice(-3000)}`);
      if (Date.now() > deadline) throw new Error(`the database server did not start: ${this.log.slice(-3000)}`);
      await pause(100);
    }
  }
}

function installDatabase(folder: string): void {
  const flags = ['--no-defaults', `--datadir=${folder}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
  run('mariadb-install-db', flags);
}

function run(command: string, words: readonly string[]): void {
  const { status, error, stderr } = spawnSync(command, words, { env: { ...process.env, PATH }, encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${error.message}: is mariadb-server installed?`);
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
}

/** Kills the server when this process ends, however that comes: then nobody holds the other end of its input any more. */
function guard(pid: number, folder: string): ChildProcess {
  const script = 'cat >/dev/null; kill -KILL "$1" 2>/dev/null; rm -rf "$2"';
  const guardian = spawn('/bin/sh', ['-c', script, 'guardian', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guardian.unref();
  return guardian;
}
