import { describe, expect, it } from 'vitest';
import { VOLATILE_TABLES } from '../support/volatile-tables.js';

interface Visit {
  readonly at: number;
  readonly milliseconds: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Cycle {
  readonly gone: number;
  readonly tables: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly lagSeconds: number;
  readonly idle: readonly number[];
  readonly purging: readonly number[];
}

interface Batches {
  readonly all: number;
  readonly long: number;
}

interface VerdictModule {
  sorted(visits: readonly Visit[], purges: readonly Span[]): { idle: number[]; purging: number[] };
  union(purges: readonly Span[]): Span[];
  slowdown(cycles: readonly Pick<Cycle, 'idle' | 'purging'>[], share: number): number | undefined;
  longBatches(metrics: string, seconds: number): Map<string, Batches>;
  verdict(measured: {
    cycles: readonly Cycle[];
    purgeSeconds: number;
    batches: ReadonlyMap<string, Batches>;
    errors: number;
  }): { what: string; held: boolean }[];
}

interface Story {
  readonly expiresAt: number;
  readonly session: () => string;
}

interface RowsModule {
  readonly SOAKED: Readonly<Record<string, unknown>>;
  multiplier(table: string, sample: object): { names: string[]; row: (story: Story) => unknown[] };
  spread(count: number, from: number, to: number): number[];
  story(expiresAt: number): Story;
}

const load = (name: string): Promise<unknown> => import(new URL(`../../bench/soak/${name}`, import.meta.url).href);
const figures = (await load('verdict.mjs')) as VerdictModule;
const rows = (await load('rows.mjs')) as RowsModule;

describe('the rows of the soak', () => {
  it('are of tables that are purged', () => {
    for (const table of Object.keys(rows.SOAKED)) expect(VOLATILE_TABLES).toContain(table);
  });

  it('are a row of the service with new keys and every instant moved with its end', () => {
    const expiresAt = Date.parse('2026-06-02T00:00:00Z');
    const sample = {
      session_id: 'the first one',
      client_id: 'app',
      generation: 3,
      created_at: expiresAt - 90_000,
      expires_at: expiresAt - 60_000,
    };
    const one = rows.story(expiresAt);
    const { names, row } = rows.multiplier('client_session', sample);
    expect(names).toEqual(Object.keys(sample));
    expect(row(one)).toEqual([one.session(), 'app', 3, expiresAt - 30_000, expiresAt]);
    expect(one.session()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(rows.story(expiresAt).session()).not.toBe(one.session());
  });

  it('run out evenly', () => {
    expect(rows.spread(4, 1000, 2000)).toEqual([1250, 1500, 1750, 2000]);
  });
});

const MIB = 1024 * 1024;

describe('the verdict of the soak', () => {
  const tables = { session: { 'data filled': 100 * MIB, file: 200 * MIB } };
  const few = Array.from({ length: 20 }, () => 100);
  const cycle = { gone: 10, tables, lagSeconds: 90, idle: few, purging: few };
  const measured = {
    cycles: [cycle, cycle],
    purgeSeconds: 60,
    batches: new Map([['session', { all: 5, long: 0 }]]),
    errors: 0,
  };
  const failed = (changes: Partial<typeof measured>) =>
    figures.verdict({ ...measured, ...changes }).flatMap(({ what, held }) => (held ? [] : [what]));

  it('puts a visit where most of it was, and leaves out what was between', () => {
    const visits = [
      { at: 0, milliseconds: 10 },
      { at: 95, milliseconds: 10 },
      { at: 98, milliseconds: 3 },
      { at: 197, milliseconds: 30 },
    ];
    expect(figures.sorted(visits, [{ from: 100, to: 200 }])).toEqual({ idle: [10], purging: [10] });
  });

  it('counts purges of two tables at a time once', () => {
    const purges = [
      { from: 20, to: 30 },
      { from: 0, to: 10 },
      { from: 5, to: 12 },
    ];
    expect(figures.union(purges)).toEqual([
      { from: 0, to: 12 },
      { from: 20, to: 30 },
    ]);
  });

  it('is that all is held where nothing differs', () => {
    expect(failed({})).toEqual([]);
  });

  it.each([
    [
      'a table that grows by more than 5 %',
      { tables: { session: { 'data filled': 105.1 * MIB, file: 210 * MIB } } },
      'session, data filled',
    ],
    ['a row that was due for two intervals', { lagSeconds: 121 }, 'oldest expired row'],
    ['a latency more than 10 % above idle', { purging: few.map(() => 111) }, 'p50 of a visit while purging'],
  ])('names %s', (_title, changes, what) => {
    expect(failed({ cycles: [cycle, ...Array.from({ length: 2 }, () => ({ ...cycle, ...changes }))] })).toContain(what);
  });

  it('names a latency of which too little is known', () => {
    expect(failed({ cycles: [{ ...cycle, purging: [100] }] })).toContain('p95 of a visit while purging');
  });

  it('names a batch that took too long, and a wrong answer', () => {
    expect(failed({ batches: new Map([['session', { all: 5, long: 1 }]]), errors: 1 })).toEqual([
      'batches above 50 ms',
      'wrong answers',
    ]);
  });

  it('takes the median of the cycles, so that one slow minute decides nothing', () => {
    const slow = { idle: few, purging: few.map(() => 300) };
    expect(figures.slowdown([cycle, slow, cycle], 0.5)).toBe(1);
  });

  it('reads batches from the metrics', () => {
    const metrics = [
      'gatehouse_purge_batch_seconds_bucket{le="0.05",table="session"} 3',
      'gatehouse_purge_batch_seconds_bucket{le="+Inf",table="session"} 4',
      'gatehouse_purge_batch_seconds_count{table="session"} 4',
    ].join('\n');
    expect(figures.longBatches(metrics, 0.05)).toEqual(new Map([['session', { all: 4, long: 1 }]]));
  });
});
