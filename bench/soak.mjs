// `npm run bench:soak`: whether tables whose rows run out stay bounded. `npm run bench:soak -- --help` lists the options.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeDatabase } from './lib/databases.mjs';
import { startGatehouse } from './lib/service.mjs';
import { Soak } from './soak/cycles.mjs';
import { openTables } from './soak/databases.mjs';
import { cycleTable, verdictTable } from './soak/report.mjs';
import { longBatches, verdict } from './soak/verdict.mjs';
import { listenForLogouts, soakSeed, Visitors } from './soak/visits.mjs';

const OPTIONS = {
  databases: { type: 'string', default: 'mariadb,sqlite' },
  rows: { type: 'string', default: '5000000' },
  cycles: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '60' },
  rate: { type: 'string', default: '500' },
  'bulk-rate': { type: 'string', default: '8000' },
  workers: { type: 'string', default: '2' },
  'mariadb-url': { type: 'string', default: process.env.BENCH_MARIADB ?? 'mariadb://root@127.0.0.1:3306/' },
  json: { type: 'string', default: '' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};
const HELP = `npm run bench:soak -- [options]
  --databases mariadb,sqlite   which databases, each with a fresh schema
  --rows 5000000               how many rows come and go in each: codes, families, opaque tokens, interactions, sessions, jti, outbox
  --cycles 5                   in how many equal cycles
  --seconds 60                 for how long latency is compared in each cycle
  --rate 500                   how many rows run out a second meanwhile, about what full sign-ins make on two cores
  --bulk-rate 8000             how many run out a second afterwards
  --workers 2                  how many visitors sign in the whole time
  --mariadb-url mariadb://…    the server that gets the schema (or BENCH_MARIADB)
  --json file                  the figures for programs
  --no-build                   uses the service as it was built last`;
const LONGEST_BATCH_SECONDS = 0.05;

const { values } = parseArgs({ options: OPTIONS });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const plan = {
  rows: Number(values.rows),
  cycles: Number(values.cycles),
  seconds: Number(values.seconds),
  rate: Number(values.rate),
  bulkRate: Number(values['bulk-rate']),
  workers: Number(values.workers),
};

const leftovers = [];
let leaving = Promise.resolve();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => leaveNothing().finally(() => process.exit(130)));

if (!values['no-build']) build();
const results = [];
for (const kind of values.databases.split(',')) results.push(await onDatabase(kind));
if (values.json !== '') writeFileSync(values.json, JSON.stringify(results, null, 2));
if (results.some(({ lines }) => lines.some(({ held }) => !held))) process.exitCode = 1;

async function onDatabase(kind) {
  try {
    const { service, tables, description } = await start(kind);
    const visitors = await Visitors.at(service.issuer, plan.workers);
    leftovers.push(() => visitors.close());
    const soak = new Soak({ ...plan, visitors, tables, say: (text) => process.stderr.write(`${kind}: ${text}\n`) });
    const cycles = await soak.run();
    const metrics = await (await fetch(`${service.issuer}/metrics`)).text();
    const batches = longBatches(metrics, LONGEST_BATCH_SECONDS);
    const { purgeSeconds, errors, messages } = soak;
    const lines = verdict({ cycles, purgeSeconds, batches, errors });
    console.log(`## ${kind} (${description})\n\n${cycleTable(cycles)}\n\n${verdictTable(lines)}\n`);
    for (const message of messages) console.log(`wrong: ${message}`);
    return { database: kind, description, plan, cycles, batches: Object.fromEntries(batches), lines };
  } finally {
    await leaveNothing();
  }
}

/** The built service on an empty schema, with a client that takes logouts, and what looks at its tables. */
async function start(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-soak-'));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = await makeDatabase(kind, { folder, serverUrl: values['mariadb-url'] });
  leftovers.push(() => database.drop());
  const logouts = await listenForLogouts();
  leftovers.push(() => logouts.close());
  const seedFile = join(folder, 'seed.json');
  writeFileSync(seedFile, JSON.stringify(soakSeed(plan.workers, logouts.uri)));
  const service = await startGatehouse({ folder, databaseUrl: database.url, seedFile, env: logouts.env });
  leftovers.push(() => service.stop());
  const tables = await openTables(kind, database.url);
  leftovers.push(() => tables.close());
  return { service, tables, description: database.description };
}

/** Whoever asks while it is under way waits for the same. */
function leaveNothing() {
  leaving = leaving.then(async () => {
    for (const leave of leftovers.splice(0).reverse()) await leave();
  });
  return leaving;
}

function build() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
