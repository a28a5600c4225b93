import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserAgent } from './user-agent.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY = 'Gatehouse is ready';
const START_MILLISECONDS = 60_000;

/** The built service as a process of the machine, as it runs in production. */
export class ServiceProcess {
  readonly clock = { epochSeconds: (): number => Math.floor(Date.now() / 1000) };
  private console = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly issuer: string,
    private readonly address: string,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.console += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.console += chunk.toString()));
  }

  /** Starts a process and waits until it listens; the build must be there, in the folder of the project or another. */
  static async start(
    port: number,
    env: NodeJS.ProcessEnv & { readonly ISSUER: string },
    root = ROOT,
  ): Promise<ServiceProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-process-'));
    const child = spawn(process.execPath, [join(root, 'dist/run/main.js')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], PORT: String(port), DATA_DIR: folder, LOG_FORMAT: 'json', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new ServiceProcess(child, folder, env.ISSUER, `http://127.0.0.1:${port}`);
    try {
      await started.isReady();
      return started;
    } catch (error) {
      await started.stop();
      throw error;
    }
  }

  /** All that the process wrote to its console. */
  get output(): string {
    return this.console;
  }

  /** The address of a path at this very process, whichever of several serves the issuer. */
  url(path: string): string {
    return this.address + path;
  }

  /** A browser that this process answers. */
  browser(): UserAgent {
    return new UserAgent(this.issuer, { connectTo: this.address });
  }

  /** Ends the process as an operator would, and waits until it is gone. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Ends the process as a failure of the machine would: it can do nothing any more. */
  crash(): Promise<void> {
    return this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async isReady(): Promise<void> {
    const overdue = AbortSignal.timeout(START_MILLISECONDS);
    while (!this.console.includes(READY)) {
      if (this.child.exitCode !== null)
        throw new Error(`the process ended with ${this.child.exitCode}: ${this.console}`);
      if (this.child.stdout === null) throw new Error('the process has no console');
      await Promise.race([
        once(this.child.stdout, 'data', { signal: overdue }),
        once(this.child, 'exit', { signal: overdue }),
      ]);
    }
  }
}
