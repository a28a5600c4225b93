import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { UserExports } from '../../user-files/user-exports.service.js';
import { USER_FILE_FORMATS, type UserFileFormat } from '../../user-files/user-lines.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

interface Options {
  readonly format?: UserFileFormat;
  readonly passwordHashes?: true;
}

/** `gatehouse user export`: writes all users to a file that `user import` reads. */
export function userExport(parent: Command, runner: Runner): void {
  leaf(parent, 'export <file>', 'write all users to a file of CSV or lines of JSON')
    .addOption(
      new Option('--format <format>', 'how to write the file; by its name unless said').choices([...USER_FILE_FORMATS]),
    )
    .option('--password-hashes', 'with the hashes of their passwords, which belong in no other hands')
    .action(runner.action((file: string, options: Options) => write(runner, file, options)));
}

function write(runner: Runner, file: string, options: Options): Promise<Answer> {
  const format = options.format ?? (file.endsWith('.csv') ? 'csv' : 'jsonl');
  const passwordHashes = options.passwordHashes === true;
  return runner.inService(async (services) => {
    const text = Readable.from(services(UserExports).run({ format, passwordHashes }));
    // For its owner alone, as it says everything about everybody.
    await pipeline(text, createWriteStream(file, { mode: 0o600, flags: 'w' }));
    return { json: { file, format }, lines: [`The users were written to ${file}.`] };
  });
}
