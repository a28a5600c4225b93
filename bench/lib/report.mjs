const DISTURBED_CORES = 0.15;

/** The figures as a table of Markdown. */
export function table(figures) {
  const rows = figures.map((figure) => [
    figure.title + (figure.otherCores > DISTURBED_CORES ? ' \\*' : ''),
    round(figure.perSecond),
    milliseconds(figure.p50),
    milliseconds(figure.p95),
    milliseconds(figure.p99),
    milliseconds(figure.serviceCpu),
    figure.databaseCpu === undefined ? '–' : milliseconds(figure.databaseCpu),
    round(figure.memory),
    String(figure.errors),
  ]);
  const head = [
    'scenario',
    'per second',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'CPU ms service',
    'CPU ms database',
    'MiB',
    'errors',
  ];
  return [head, ['---', ...head.slice(1).map(() => '---:')], ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Of several measurements of one thing the one in the middle by throughput; no error of any of them is forgotten. */
export function median(measured) {
  const sorted = [...measured].sort((one, other) => one.perSecond - other.perSecond);
  const errors = measured.reduce((sum, figure) => sum + figure.errors, 0);
  const messages = [...new Set(measured.flatMap((figure) => figure.messages))];
  return { ...sorted[Math.floor(sorted.length / 2)], errors, messages };
}

/** Gatehouse beside what it is compared with: operations per second, and how many times as many it does. */
export function comparison(figures) {
  const subjects = [...new Set(figures.map(({ subject }) => subject))];
  const peers = subjects.filter((subject) => subject !== 'gatehouse');
  const head = [
    'scenario',
    ...subjects,
    ...peers.map((peer) => `to ${peer}`),
    ...peers.map((peer) => `CPU, ${peer} to it`),
  ];
  const rows = [...new Set(figures.map(({ name }) => name))].map((name) => {
    const of = (subject) => figures.find((figure) => figure.name === name && figure.subject === subject);
    const own = of('gatehouse');
    return [
      own.title,
      ...subjects.map((subject) => round(of(subject).perSecond)),
      ...peers.map((peer) => `${(own.perSecond / of(peer).perSecond).toFixed(2)}×`),
      ...peers.map((peer) => `${(cpu(of(peer)) / cpu(own)).toFixed(2)}×`),
    ];
  });
  return [head, ['---', ...head.slice(1).map(() => '---:')], ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cpu({ serviceCpu, databaseCpu = 0 }) {
  return serviceCpu + databaseCpu;
}

/** What qualifies the figures: disturbed rows, the generator's own share, wrong answers. */
export function footnotes(figures) {
  const disturbed = figures.filter(({ otherCores }) => otherCores > DISTURBED_CORES);
  const generator = figures.map(({ generatorCpu }) => generatorCpu);
  return [
    `The load generator itself used ${milliseconds(Math.min(...generator))} to ${milliseconds(Math.max(...generator))} ms CPU an operation.`,
    ...(disturbed.length === 0
      ? []
      : [`\\* Other programs took more than ${DISTURBED_CORES} of a core meanwhile: a lower bound.`]),
    ...figures.flatMap(({ name, messages }) => messages.map((message) => `${name}: ${message}`)),
  ].join('\n');
}

/** How long starts took and what the service holds when nobody asks anything. */
export function startReport(starts) {
  const times = starts.map((start) => start.milliseconds).sort((a, b) => a - b);
  const sizes = starts.map((start) => start.memory).sort((a, b) => a - b);
  const middle = Math.floor(starts.length / 2);
  return (
    `Start to ready: ${round(times[middle])} ms (${round(times[0])}–${round(times.at(-1))}, ${starts.length} starts); ` +
    `idle memory ${round(sizes[middle])} MiB.`
  );
}

const round = (value) => Math.round(value).toLocaleString('en');
const milliseconds = (value) => (value < 1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(1));
