import { AsyncResource } from 'node:async_hooks';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Gathering, type GatheringPlan } from './gathering.js';

const FLUSH_MS = 60_000;

type Open = Pick<Gathering<never>, 'name' | 'flush' | 'takeLost' | 'takeGivenUp'>;

/** What this process gathers in memory: written once a minute, when it becomes much, and when the process is told to stop. */
@Injectable()
export class Gatherings implements OnApplicationShutdown {
  readonly #logger = new Logger('gatherings');
  readonly #all: Open[] = [];
  // bound to no request: what is written belongs to no transaction of whoever noted it
  readonly #flushAll = AsyncResource.bind(() => this.#writeAll());
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Begins to gather something. */
  open<V>(plan: GatheringPlan<V>): Gathering<V> {
    const gathering = new Gathering(plan, () => {
      if (this.#running === undefined) void this.flush();
    });
    this.#all.push(gathering);
    return gathering;
  }

  /** Starts the timer; called by the service process, not by the command line and not by tests. */
  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Writes all that waits when this is called. */
  async flush(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    this.#running = this.#flushAll().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** Called once no request is answered any more, while the database is still open. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #writeAll(): Promise<void> {
    for (const gathering of this.#all) await this.#write(gathering);
  }

  /** What cannot be written waits for the next time, and whatever it is about goes on. */
  async #write(gathering: Open): Promise<void> {
    const { name } = gathering;
    const lost = gathering.takeLost();
    if (lost > 0) this.#logger.warn(`${lost} ${name} were not kept: too many waited`);
    try {
      await gathering.flush();
    } catch (error) {
      this.#logger.warn(`${name} are not written yet: ${reason(error)}`);
    }
    const givenUp = gathering.takeGivenUp();
    if (givenUp === undefined) return;
    this.#logger.warn(`${givenUp.count} ${name} can never be written and were given up: ${reason(givenUp.error)}`);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
