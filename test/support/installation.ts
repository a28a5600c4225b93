import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandLine } from './command-line.js';
import { databaseKind } from './databases.js';
import { aMigratedDatabase } from './migrated-databases.js';

/** A command line with a folder and a database of its own, whose schema is up to date. */
export interface Installation {
  readonly gatehouse: CommandLine;
  readonly folder: string;
  /** Takes folder and database away. */
  readonly close: () => Promise<void>;
}

/** Makes one on a database under test; an embedded database is a file, as each command may be a process. */
export async function anInstallation(url: string, env: NodeJS.ProcessEnv = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
  const isEmbedded = databaseKind(url) === 'sqlite';
  const database = await aMigratedDatabase(isEmbedded ? `sqlite:${join(folder, 'gatehouse.sqlite')}` : url);
  const gatehouse = new CommandLine({ DATABASE_URL: database.url, DATA_DIR: folder, ...env });
  await gatehouse.answer('migrate');
  const close = async (): Promise<void> => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { gatehouse, folder, close };
}
