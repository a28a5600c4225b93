import { quantile } from './verdict.mjs';

const MIB = 1024 * 1024;

/** The cycles as a table of Markdown. */
export function cycleTable(cycles) {
  const head = [
    'cycle',
    'rows gone',
    'MiB filled',
    'MiB emptied',
    'MiB of files',
    'oldest expired s',
    'idle p50 / p95 ms (visits)',
    'purging p50 / p95 ms (visits)',
    'seconds',
  ];
  const rows = cycles.map((cycle, number) => [
    number + 1,
    cycle.gone.toLocaleString('en'),
    mebibytes(cycle, ['data filled', 'index filled']),
    mebibytes(cycle, ['data emptied', 'index emptied']),
    mebibytes(cycle, ['file']),
    cycle.lagSeconds.toFixed(1),
    latencies(cycle.idle),
    latencies(cycle.purging),
    cycle.seconds.toFixed(0),
  ]);
  return markdown(head, rows);
}

/** The verdict as a table of Markdown. */
export function verdictTable(lines) {
  const rows = lines.map(({ what, wanted, measured, held }) => [
    what,
    wanted,
    measured,
    held ? 'held' : '**not held**',
  ]);
  return markdown(['what', 'wanted', 'measured', 'verdict'], rows);
}

function mebibytes({ tables }, whats) {
  const bytes = Object.values(tables).flatMap((table) => whats.map((what) => table[what] ?? 0));
  return (bytes.reduce((sum, value) => sum + value, 0) / MIB).toFixed(1);
}

function latencies(visits) {
  if (visits.length === 0) return '–';
  return `${quantile(visits, 0.5).toFixed(1)} / ${quantile(visits, 0.95).toFixed(1)} (${visits.length})`;
}

function markdown(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
