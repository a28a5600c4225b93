import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from './start-service.js';

const LONGEST_START_MS = 120_000; // it may build first

/** Where the project is. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds what processes run, unless it is there and fresh. */
export function build(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build-if-needed.cjs'], { cwd: PROJECT, stdio: 'inherit' });
  if (status !== 0) throw new Error('the service cannot be built');
}

/** How a process is started. */
export interface ProcessChoices {
  /** Variables beside PORT; nothing of this machine's but PATH comes along. */
  readonly env: NodeJS.ProcessEnv;
  /** What Node runs; the built service by default. */
  readonly script?: string;
  /** The folder of the project. */
  readonly root?: string;
}

/** What is still running when the tests are interrupted ends with them. */
const alive = new Set<ServedProcess>();
process.on('exit', () => {
  for (const one of alive) one.kill();
});

/** A process of the built service, as an operator would run it. */
export class ServedProcess {
  out = '';
  errors = '';
  readonly ended: Promise<number | null>;

  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.ended = new Promise((resolve) => child.once('close', resolve));
    alive.add(this);
    child.once('close', () => alive.delete(this));
  }

  /** Starts the process and waits for nothing. */
  static async spawn({ env, script = 'dist/run/main.js', root = PROJECT }: ProcessChoices): Promise<ServedProcess> {
    const port = Number(env['PORT'] ?? (await freePort()));
    const own = { PATH: process.env['PATH'], PORT: String(port), LOG_FORMAT: 'json' };
    // At the head of a group of its own, so that what it started ends with it.
    const child = spawn(process.execPath, [script], { cwd: root, env: { ...own, ...env }, detached: true });
    return new ServedProcess(port, child);
  }

  /** Starts the process and waits until it says that it is ready. */
  static async start(choices: ProcessChoices): Promise<ServedProcess> {
    const started = await ServedProcess.spawn(choices);
    const deadline = Date.now() + LONGEST_START_MS;
    while (!started.out.includes('Gatehouse is ready at')) {
      const code = await Promise.race([started.ended, pause(20)]);
      if (code === 'waited' && Date.now() < deadline) continue;
      started.kill();
      throw new Error(`it did not start (${String(code)}): ${started.errors}${started.out}`);
    }
    return started;
  }

  get issuer(): string {
    return `http://localhost:${this.port}`;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  url(path: string): string {
    return this.issuer + path;
  }

  /** The set-up link that it printed. */
  get setUpLink(): string | undefined {
    return /http:\/\/\S+\/set-up\?token=[A-Za-z0-9_-]+/.exec(this.out)?.[0];
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Stops it as systemd and containers do, and answers its exit code. */
  stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.ended;
  }

  /** Ends it whatever it does, with what it has started. */
  kill(): void {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function pause(milliseconds: number): Promise<'waited'> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve('waited');
    }, milliseconds);
  });
}
