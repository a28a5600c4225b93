import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { Leases } from '#platform/database/index.js';

/** What a job does each time; the signal tells it that the service is stopping. */
export type JobWork = (signal: AbortSignal) => Promise<unknown>;

interface Job {
  readonly name: string;
  readonly everySeconds: number;
  readonly work: JobWork;
}

/** A process that dies in a job keeps its lease this long. */
const SHORTEST_LEASE_SECONDS = 120;

/** Replicas' clocks and timers never agree exactly; a job is free again a little before it is due. */
const SHARE_OF_PERIOD = 0.9;

/** Work on a clock: in one process at a time, once in each period, from beginning to beginning, however many replicas there are. */
@Injectable()
export class JobsService implements OnModuleDestroy {
  readonly #logger = new Logger('jobs');
  readonly #jobs = new Map<string, Job>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(private readonly leases: Leases) {}

  /** Declares a job; it starts to run when `start` is called. */
  register(name: string, everySeconds: number, work: JobWork): void {
    if (this.#jobs.has(name)) throw new Error(`there is a job "${name}" already`);
    this.#jobs.set(name, { name, everySeconds, work });
  }

  /** The names of the declared jobs. */
  get names(): readonly string[] {
    return [...this.#jobs.keys()];
  }

  /** Starts the timers; called by the service process, not by the command line and not by tests. */
  start(): void {
    for (const job of this.#jobs.values()) this.#schedule(job, Math.random());
  }

  /** Does the work now, whatever the clock and the leases say; its failure is the caller's. */
  async runNow(name: string): Promise<void> {
    const job = this.#jobs.get(name);
    if (!job) throw new Error(`there is no job "${name}"`);
    await job.work(this.#stopping.signal);
  }

  /** Stops the timers, tells what is running, and waits for it. */
  async onModuleDestroy(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  #schedule(job: Job, periods: number): void {
    if (this.#stopping.signal.aborted) return;
    const timer = setTimeout(
      () => {
        const begun = performance.now();
        const run = this.#runOnce(job).finally(() => {
          this.#running.delete(run);
          this.#schedule(job, Math.max(0, 1 - periodsSince(begun, job)));
        });
        this.#running.add(run);
      },
      periods * job.everySeconds * 1000,
    );
    this.#timers.set(job.name, timer.unref());
  }

  async #runOnce(job: Job): Promise<void> {
    try {
      await this.#runLeased(job);
    } catch (error) {
      this.#logger.error(`the job "${job.name}" failed`, error instanceof Error ? error.stack : String(error));
    }
  }

  /** The lease is kept until a little before the job is due again, counted from its beginning. */
  async #runLeased(job: Job): Promise<void> {
    const { name, everySeconds, work } = job;
    const lease = `job ${name}`;
    if (!(await this.leases.acquire(lease, Math.max(everySeconds, SHORTEST_LEASE_SECONDS)))) return;
    const begun = performance.now();
    try {
      await work(this.#stopping.signal);
    } catch (error) {
      await this.leases.release(lease);
      throw error;
    }
    const left = SHARE_OF_PERIOD - periodsSince(begun, job);
    if (left > 0) await this.leases.renew(lease, everySeconds * left);
    else await this.leases.release(lease);
  }
}

function periodsSince(begun: number, { everySeconds }: Job): number {
  return (performance.now() - begun) / (everySeconds * 1000);
}
