// `npm run bench`: how fast the service is on this machine. `npm run bench -- --help` lists the options.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isReachable, makeDatabase } from './lib/databases.mjs';
import { seed } from './lib/facts.mjs';
import { measure, untilQuiet } from './lib/load.mjs';
import { Provider } from './lib/provider.mjs';
import { comparison, footnotes, median, startReport, table } from './lib/report.mjs';
import { startGatehouse, startPeer } from './lib/service.mjs';
import { SCENARIOS } from './scenarios/index.mjs';

const OPTIONS = {
  databases: { type: 'string' },
  only: { type: 'string', default: '' },
  seconds: { type: 'string', default: '10' },
  'warm-up': { type: 'string', default: '2' },
  workers: { type: 'string', default: '16' },
  processes: { type: 'string', default: '1' },
  peers: { type: 'string', default: 'oidc-provider,floor' },
  rounds: { type: 'string', default: '1' },
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
  --peers oidc-provider,floor  what it is compared with on MariaDB, in turns; none with --peers ''
  --rounds 1                   how often each scenario is measured; the median counts
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
  const subjects = [];
  const made = [];
  leaveNothing = async () => {
    await running?.stop();
    for (const { service } of subjects) await service.stop();
    for (const database of made) await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  const newDatabase = async () => {
    const database = await makeDatabase(kind, { folder, serverUrl: values['mariadb-url'] });
    made.push(database);
    return database;
  };
  try {
    const seedFile = join(folder, 'seed.json');
    writeFileSync(seedFile, JSON.stringify(seed(run.workers)));
    const database = await newDatabase();
    const settings = { folder, databaseUrl: database.url, workers: Number(values.processes) };
    const service = await startGatehouse({ ...settings, seedFile });
    subjects.push({ name: 'gatehouse', service, database, revokesJwt: true });
    for (const name of kind === 'sqlite' ? [] : values.peers.split(',').filter(Boolean)) {
      const own = await newDatabase();
      const peer = await startPeer(name, { folder, databaseUrl: own.url, users: run.workers });
      subjects.push({ name, service: peer, database: own, revokesJwt: name !== 'oidc-provider' });
    }
    const figures = await scenarios(subjects);
    for (const { service: subject } of subjects.splice(0)) await subject.stop();
    const starts = isWanted('start') ? await timeStarts(settings) : undefined;
    report(kind, database, figures, starts);
    return { database: kind, description: database.description, figures, starts };
  } finally {
    await leaveNothing();
    leaveNothing = () => Promise.resolve();
  }
}

function report(kind, { description }, figures, starts) {
  console.log(`## ${kind} (${description})\n`);
  for (const subject of new Set(figures.map((figure) => figure.subject))) {
    const own = figures.filter((figure) => figure.subject === subject);
    console.log(`### ${subject}\n\n${table(own)}\n\n${footnotes(own)}\n`);
  }
  if (figures.some(({ subject }) => subject !== 'gatehouse'))
    console.log(`### Side by side\n\n${comparison(figures)}\n`);
  if (starts !== undefined) console.log(`${startReport(starts)}\n`);
}

/** Each scenario for one subject after the other, round by round, so that a slow minute of the machine meets them all. */
async function scenarios(subjects) {
  const figures = [];
  for (const scenario of SCENARIOS.filter(({ name }) => isWanted(name))) {
    const rounds = new Map(subjects.map((subject) => [subject, []]));
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [subject, measured] of rounds) measured.push(await once(scenario, subject));
    }
    const { name, title } = scenario;
    for (const [subject, measured] of rounds) figures.push({ subject: subject.name, name, title, ...median(measured) });
  }
  return figures;
}

async function once({ name, prepare }, { name: subject, service, database, revokesJwt }) {
  const provider = await Provider.at(service.issuer, run.workers, { revokesJwt });
  const operation = await prepare({ provider, ...run });
  await untilQuiet(Number(values.patience));
  const measured = await measure(operation, { ...run, service, database });
  await operation.check?.();
  await provider.close();
  const { perSecond, errors } = measured;
  process.stderr.write(`${database.kind} ${subject} ${name}: ${Math.round(perSecond)}/s, ${errors} errors\n`);
  return measured;
}

/** Starts on a database that is up to date: what an operator waits for at a deployment. */
async function timeStarts(settings) {
  const starts = [];
  for (let time = 0; time < Number(values.starts); time++) {
    await untilQuiet(Number(values.patience));
    running = await startGatehouse(settings);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    starts.push({ milliseconds: running.startMilliseconds, memory: running.memory() });
    await running.stop();
    running = undefined;
  }
  return starts;
}

function build() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
