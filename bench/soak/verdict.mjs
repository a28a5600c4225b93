// What the soak holds, decided from what it measured.

/** How far a size or a latency may be from what it was first, or while idle. */
const TOLERANCE = 0.05;
const LATENCY_TOLERANCE = 0.1;
const FEWEST_VISITS = 20;

/** A tree of InnoDB takes extents of this size, and its file grows by four: less than that says nothing in a small run. */
const EXTENT = 1024 * 1024;

/** The part below which a share of sorted values is. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/**
 * Puts visits beside each other that were made in the same cycle while a purge deleted and while none did, so that a
 * slow minute of the machine meets both, and gives the median over the cycles of how much slower the former were.
 */
export function slowdown(cycles, share) {
  const ratios = cycles
    .filter(({ idle, purging }) => Math.min(idle.length, purging.length) >= FEWEST_VISITS)
    .map(({ idle, purging }) => quantile(purging, share) / quantile(idle, share));
  return ratios.length === 0 ? undefined : quantile(ratios, 0.5);
}

/** Sorts visits by whether a purge deleted rows for at least half of their time; those between are left out. */
export function sorted(visits, purges) {
  const [idle, purging] = [[], []];
  for (const { at, milliseconds } of visits) {
    const shared = purges.reduce((sum, { from, to }) => sum + overlap(from, to, at, at + milliseconds), 0);
    if (shared >= milliseconds / 2) purging.push(milliseconds);
    else if (shared === 0) idle.push(milliseconds);
  }
  return { idle, purging };
}

/** Purges of several tables at a time as what they cover together. */
export function union(purges) {
  const covered = [];
  for (const { from, to } of [...purges].sort((a, b) => a.from - b.from)) {
    const last = covered.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else covered.push({ from, to });
  }
  return covered;
}

/** How many batches of each table took longer than a time, from the metrics of the service. */
export function longBatches(metrics, seconds) {
  const read = (pattern) => new Map([...metrics.matchAll(pattern)].map(([, table, count]) => [table, Number(count)]));
  const within = read(
    new RegExp(`^gatehouse_purge_batch_seconds_bucket\\{le="${seconds}",table="(\\w+)"\\} (\\d+)$`, 'gm'),
  );
  const all = read(/^gatehouse_purge_batch_seconds_count\{table="(\w+)"\} (\d+)$/gm);
  return new Map([...all].map(([table, count]) => [table, { all: count, long: count - (within.get(table) ?? 0) }]));
}

/** Each line of the verdict: what was to hold, what was measured, and whether it held. */
export function verdict({ cycles, purgeSeconds, batches, errors }) {
  return [
    ...sizeLines(cycles),
    lagLine(cycles, purgeSeconds),
    batchLine(batches),
    latencyLine(cycles, 'p50', 0.5),
    latencyLine(cycles, 'p95', 0.95),
    line('wrong answers', '0', String(errors), errors === 0),
  ];
}

/** Each size of each table, filled and emptied, in the cycle that is furthest from the first. */
function sizeLines([first, ...others]) {
  return Object.keys(first.tables).flatMap((table) => {
    const part = first.tables[table];
    return Object.keys(part).map((what) => {
      const growth = Math.max(0, ...others.map(({ tables }) => tables[table][what] - part[what]));
      const share = `+${((growth / part[what]) * 100).toFixed(1)} %, ${(growth / EXTENT).toFixed(1)} MiB`;
      const grain = what === 'file' ? 4 * EXTENT : EXTENT;
      const wanted = `≤ +${TOLERANCE * 100} % or ${grain / EXTENT} MiB`;
      return line(`${table}, ${what}`, wanted, share, growth <= Math.max(TOLERANCE * part[what], grain));
    });
  });
}

function lagLine(cycles, purgeSeconds) {
  const lag = Math.max(...cycles.map(({ lagSeconds }) => lagSeconds));
  return line('oldest expired row', `≤ ${2 * purgeSeconds} s`, `${lag.toFixed(1)} s`, lag <= 2 * purgeSeconds);
}

function batchLine(batches) {
  const all = sum([...batches.values()].map((one) => one.all));
  const long = sum([...batches.values()].map((one) => one.long));
  return line('batches above 50 ms', '0', `${long} of ${all}`, long === 0 && all > 0);
}

function latencyLine(cycles, name, share) {
  const ratio = slowdown(cycles, share);
  const shown = ratio === undefined ? 'too few visits' : `${((ratio - 1) * 100).toFixed(1)} %`;
  const held = ratio !== undefined && ratio <= 1 + LATENCY_TOLERANCE;
  return line(`${name} of a visit while purging`, `≤ +${LATENCY_TOLERANCE * 100} % of idle`, shown, held);
}

function line(what, wanted, measured, held) {
  return { what, wanted, measured, held };
}

function overlap(from, to, start, end) {
  return Math.max(0, Math.min(to, end) - Math.max(from, start));
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
