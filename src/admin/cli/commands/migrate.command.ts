import { type Command, InvalidArgumentError } from 'commander';
import { SystemClock, SystemRandom } from '#platform/crypto/index.js';
import { makeDataSource, MIGRATION_LIMITS, openDatabase, pendingMigrations, planOf } from '#platform/database/index.js';
import { ENTITIES, MIGRATIONS } from '../../../schema.js';
import { ExitCode } from '../exit-code.js';
import { planJson, planLines } from '../migration-plan.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

const SCHEMA = { entities: ENTITIES, migrations: MIGRATIONS };

interface Limits {
  readonly copyRows: number;
  readonly copyBytes: number;
}

interface Options extends Limits {
  readonly allowCopy?: true;
}

/** `gatehouse migrate`: brings the schema up to date, whatever MIGRATE_ON_START says; `plan` says what that would do. */
export function migrateDatabase(parent: Command, runner: Runner): void {
  const command = limited(leaf(parent, 'migrate', 'bring the database schema up to date'))
    .option('--allow-copy', 'also what holds up a table beyond these limits')
    .action(runner.action((options: Options) => migrate(runner, options)));
  limited(leaf(command, 'plan', 'print what migrating would run on this database, and change nothing')).action(
    runner.action((limits: Limits) => plan(runner, limits)),
  );
}

function limited(command: Command): Command {
  const { rows, bytes } = MIGRATION_LIMITS;
  return command
    .option('--copy-rows <rows>', 'rows of a table that others may have to wait for', wholeNumber, rows)
    .option('--copy-bytes <bytes>', 'bytes of a table that others may have to wait for', wholeNumber, bytes);
}

async function migrate(runner: Runner, { allowCopy, copyRows, copyBytes }: Options): Promise<Answer> {
  const { url } = runner.settings().database;
  const applied = await pendingAt(url);
  const clock = new SystemClock();
  const courage = allowCopy === true ? 'any' : { rows: copyRows, bytes: copyBytes };
  const settings = { url, migrateOnStart: true };
  const database = await openDatabase(settings, SCHEMA, clock, new SystemRandom(clock), courage);
  await database.dataSource.destroy();
  return {
    json: { applied },
    lines: applied.length === 0 ? ['The schema was current.'] : applied.map((name) => `${name} was applied.`),
  };
}

async function plan(runner: Runner, { copyRows, copyBytes }: Limits): Promise<Answer> {
  const source = await makeDataSource(runner.settings().database.url, SCHEMA);
  await source.initialize();
  try {
    const pending = await pendingMigrations(source);
    const statements = await planOf(source, pending, { rows: copyRows, bytes: copyBytes });
    const isRefused = statements.some(({ heavy }) => heavy);
    return {
      json: planJson(pending, statements),
      lines: planLines(pending, statements),
      exitCode: isRefused ? ExitCode.Failed : ExitCode.Ok,
    };
  } finally {
    await source.destroy();
  }
}

async function pendingAt(url: string): Promise<readonly string[]> {
  const source = await makeDataSource(url, SCHEMA);
  await source.initialize();
  try {
    return await pendingMigrations(source);
  } finally {
    await source.destroy();
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}
