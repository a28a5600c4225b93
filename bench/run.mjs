// `npm run bench`: how fast the service is on this machine. `npm run bench -- --help` lists the options.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isReachable, makeDatabase } from './lib/databases.mjs';
import { Gatehouse, seed } from './lib/gatehouse.mjs';
import { measure, untilQuiet } from './lib/load.mjs';
import { footnotes, startReport, table } from './lib/report.mjs';
import { startService } from './lib/service.mjs';
import { SCENARIOS } from './scenarios/index.mjs';

const OPTIONS = {
  databases: { type: 'string' },
  only: { type: 'string', default: '' },
  seconds: { type: 'string', default: '10' },
  'warm-up': { type: 'string', default: '2' },
  workers: { type: 'string', default: '16' },
  processes: { type: 'string', default: '1' },
  starts: { type: 'string', default: '5' },
  patience: { type: 'string', default: '0' },
  'mariadb-url': { type: 'string', default: process.env.BENCH_MARIADB ?? 'mariadb://root@127.0.0.1:3306/' },
  json: { type: 'string', default: '' },
  help: { type: 'boolean', default: false },
};
const HELP = `npm run bench -- [options]
  --databases sqlite,mariadb   which databases, each with a fresh schema; both when a server answers
  --only name,name             some scenarios: ${[...SCENARIOS.map(({ name }) => name), 'start'].join(', ')}
  --seconds 10                 how long each is measured
  --warm-up 2                  how long each runs before that
  --workers 16                 how many clients work at the same time
  --processes 1                WORKERS of the service
  --starts 5                   how many starts are timed
  --patience 0                 how many seconds to wait, before each scenario, for other programs to be quiet
  --mariadb-url mariadb://…    the server that gets the schema (or BENCH_MARIADB)
  --json file                  the figures for programs`;

const { values } = parseArgs({ options: OPTIONS });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const wanted = values.only.split(',').filter(Boolean);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
const unknown = wanted.filter((name) => name !== 'start' && !SCENARIOS.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  console.error(`No such scenario: ${unknown.join(', ')}\n\n${HELP}`);
  process.exit(2);
}
const run = {
  workers: Number(values.workers),
  seconds: Number(values.seconds),
  warmUpSeconds: Number(values['warm-up']),
};

let running;
let leaveNothing = () => Promise.resolve();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => leaveNothing().finally(() => process.exit(130)));

build();
const [{ model }] = cpus();
console.log(
  `Node ${process.version}, ${cpus().length} × ${model}, ${values.workers} clients, ${values.seconds} s each\n`,
);
const results = [];
for (const kind of await databases()) results.push(await onDatabase(kind));
if (values.json !== '') writeFileSync(values.json, JSON.stringify(results, null, 2));
if (results.some(({ figures }) => figures.some(({ errors }) => errors > 0))) {
  console.error('Some answers were wrong: the figures do not count.');
  process.exitCode = 1;
}

async function databases() {
  if (values.databases !== undefined) return values.databases.split(',');
  if (await isReachable(values['mariadb-url'])) return ['sqlite', 'mariadb'];
  console.log('No MariaDB answers at --mariadb-url, so it is left out.\n');
  return ['sqlite'];
}

async function onDatabase(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const database = await makeDatabase(kind, { folder, serverUrl: values['mariadb-url'] });
  leaveNothing = async () => {
    await running?.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const seedFile = join(folder, 'seed.json');
    writeFileSync(seedFile, JSON.stringify(seed(run.workers)));
    const settings = { folder, databaseUrl: database.url, workers: Number(values.processes) };
    const figures = await withService({ ...settings, seedFile }, (service) => scenarios(service, database));
    const starts = isWanted('start') ? await timeStarts(settings) : undefined;
    console.log(`## ${kind} (${database.description})\n`);
    if (figures.length > 0) console.log(`${table(figures)}\n\n${footnotes(figures)}\n`);
    if (starts !== undefined) console.log(`${startReport(starts)}\n`);
    return { database: kind, description: database.description, figures, starts };
  } finally {
    await leaveNothing();
  }
}

async function withService(settings, work) {
  running = await startService(settings);
  const result = await work(running);
  await running.stop();
  running = undefined;
  return result;
}

async function scenarios(service, database) {
  const figures = [];
  for (const { name, title, prepare } of SCENARIOS.filter((scenario) => isWanted(scenario.name))) {
    const provider = await Gatehouse.at(service.issuer, run.workers);
    const operation = await prepare({ provider, ...run });
    await untilQuiet(Number(values.patience));
    const measured = await measure(operation, { ...run, service, database });
    await operation.check?.();
    await provider.close();
    figures.push({ name, title, ...measured });
    process.stderr.write(`${database.kind} ${name}: ${Math.round(measured.perSecond)}/s, ${measured.errors} errors\n`);
  }
  return figures;
}

/** Starts on a database that is up to date: what an operator waits for at a deployment. */
async function timeStarts(settings) {
  const starts = [];
  for (let time = 0; time < Number(values.starts); time++) {
    await untilQuiet(Number(values.patience));
    await withService(settings, async (service) => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      starts.push({ milliseconds: service.startMilliseconds, memory: service.memory() });
    });
  }
  return starts;
}

function build() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
