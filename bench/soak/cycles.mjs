import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTED, multiplier, SOAKED, spread, story } from './rows.mjs';
import { sorted, union } from './verdict.mjs';

const TABLES = Object.keys(SOAKED);
const STORIES_AT_ONCE = 250;
/** Between two purges of each of the tables. */
const PURGE_SECONDS = 60;
/** A visitor does something else between two visits: the machine is not to be full. */
const PAUSE_MS = 150;
const LONGEST_PURGE_MS = 30 * 60_000;

/**
 * Equal cycles. In each, many sign-ins are written that run out soon: some at the rate at which latency is compared,
 * the others after that, as fast as a database can be expected to delete. People sign in through the service the whole time. At the end of a cycle what
 * they left runs out too, and the tables are looked at when they are empty.
 */
export class Soak {
  errors = 0;
  messages = new Set();
  purgeSeconds = PURGE_SECONDS;
  #plan;
  #tables;
  #visitors;
  #say;
  #multipliers;
  #visits = [];
  #purges = new Map();
  #worst = { milliseconds: 0, table: '' };

  constructor({ tables, visitors, say, ...plan }) {
    this.#plan = plan;
    this.#tables = tables;
    this.#visitors = visitors;
    this.#say = say;
  }

  async run() {
    this.#multipliers = await this.#samples();
    const cycles = [];
    for (let number = 1; number <= this.#plan.cycles; number++) {
      cycles.push(await this.#cycle());
      const { gone, lagSeconds, laggard, seconds } = cycles.at(-1);
      this.#say(
        `cycle ${number}: ${gone} rows, oldest expired ${lagSeconds.toFixed(1)} s (${laggard}), ${seconds.toFixed(0)} s`,
      );
    }
    return cycles;
  }

  /** A row of each table as the service wrote it for the first visitor. */
  async #samples() {
    const samples = {};
    const browser = await this.#visitors.signIn(0);
    await this.#visitors.signedToken();
    for (const table of TABLES.filter((one) => one !== 'outbox')) samples[table] = await this.#tables.sample(table);
    await this.#visitors.signOut(browser);
    while (!(await this.#tables.isDelivered())) await sleep(100);
    samples.outbox = await this.#tables.sample('outbox');
    return Object.entries(samples).map(([table, sample]) => ({ table, ...multiplier(table, sample) }));
  }

  async #cycle() {
    const started = performance.now();
    this.#visits = [];
    this.#purges.clear();
    this.#worst = { milliseconds: 0, table: '' };
    const watching = new AbortController();
    const watched = this.#watch(watching.signal);
    const visiting = new AbortController();
    const visitors = Array.from({ length: this.#plan.workers }, (_, worker) => this.#visit(worker, visiting.signal));
    const { filled, compared, last } = await this.#fill();
    await sleep(Math.max(0, last - Date.now()));
    visiting.abort();
    await Promise.all(visitors);
    await this.#letRunOut();
    watching.abort();
    await watched;
    await this.#tables.untilTidy();
    const emptied = await this.#tables.sizes(TABLES);
    return {
      gone: this.#stories * COUNTED.length,
      tables: comparable(filled, emptied),
      lagSeconds: this.#worst.milliseconds / 1000,
      laggard: this.#worst.table,
      ...this.#latencies(compared),
      seconds: (performance.now() - started) / 1000,
    };
  }

  get #stories() {
    return Math.ceil(this.#plan.rows / this.#plan.cycles / COUNTED.length);
  }

  /** Writes the sign-ins of a cycle; tells between which instants latency is compared, and when the last runs out. */
  async #fill() {
    const { seconds, rate, bulkRate } = this.#plan;
    const slow = Math.min(this.#stories, Math.ceil((seconds * rate) / TABLES.length));
    // Nothing may run out before all is written; how long that takes is known from the rows written first.
    const begun = performance.now();
    const trial = Math.min(STORIES_AT_ONCE * 4, this.#stories - slow);
    const far = Date.now() + LONGEST_PURGE_MS;
    await this.#write(spread(trial, far, far));
    const perStory = trial === 0 ? 1 : (performance.now() - begun) / trial;
    const from = Date.now() + 2000 + perStory * 1.5 * this.#stories;
    const to = from + seconds * 1000;
    const last = to + ((this.#stories - slow) * TABLES.length * 1000) / bulkRate;
    await this.#write([...spread(slow, from, to), ...spread(this.#stories - slow - trial, to, last)]);
    for (const table of TABLES) await this.#tables.expireAfter(table, far, to);
    const filled = await this.#tables.sizes(TABLES);
    const ready = Date.now();
    if (ready > from) this.#say(`writing took ${Math.round((ready - from) / 1000)} s longer than expected`);
    return { filled, compared: { from: Math.max(from, ready), to }, last };
  }

  async #write(ends) {
    for (let from = 0; from < ends.length; from += STORIES_AT_ONCE) {
      const stories = ends.slice(from, from + STORIES_AT_ONCE).map(story);
      await this.#tables.insert(
        this.#multipliers.map(({ table, names, row }) => ({ table, names, rows: stories.map(row) })),
      );
    }
  }

  async #letRunOut() {
    const deadline = Date.now() + LONGEST_PURGE_MS;
    const now = Date.now();
    for (const table of TABLES) await this.#tables.expire(table, now);
    for (const table of TABLES) {
      // A delivery that was under way gives its row another end.
      for (;;) {
        await this.#tables.expire(table, now);
        if (await this.#tables.isEmpty(table)) break;
        if (Date.now() > deadline) throw new Error(`${table} is not empty after ${LONGEST_PURGE_MS / 60_000} minutes`);
        await sleep(500);
      }
    }
  }

  async #visit(worker, signal) {
    while (!signal.aborted) {
      const at = Date.now();
      const from = performance.now();
      try {
        await this.#visitors.visit(worker);
        this.#visits.push({ at, milliseconds: performance.now() - from });
      } catch (error) {
        this.errors += 1;
        if (this.messages.size < 3) this.messages.add(error.message);
      }
      await sleep(PAUSE_MS);
    }
  }

  /** Once a second: how old the oldest expired row is, and which purges there were. */
  async #watch(signal) {
    while (!signal.aborted) {
      for (const table of TABLES) {
        const lag = await this.#tables.lag(table, Date.now());
        if (lag > this.#worst.milliseconds) this.#worst = { milliseconds: lag, table };
      }
      for (const purge of await this.#tables.purges()) {
        if (purge.deleted > 0) this.#purges.set(`${purge.table} ${purge.from}`, purge);
      }
      await sleep(1000);
    }
  }

  #latencies({ from, to }) {
    const visits = this.#visits.filter(({ at, milliseconds }) => at >= from && at + milliseconds <= to);
    return sorted(visits, union(this.#purges.values()));
  }
}

/** Sizes of a cycle by table, under the names of the verdict. */
function comparable(filled, emptied) {
  return Object.fromEntries(
    [...emptied].map(([table, after]) => {
      const before = filled.get(table);
      return [
        table,
        {
          ...(after.data !== undefined && {
            'data filled': before.data,
            'index filled': before.indexes,
            'data emptied': after.data,
            'index emptied': after.indexes,
          }),
          ...(after.file !== undefined && { file: after.file }),
        },
      ];
    }),
  );
}
