import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { AuditExports } from '../../rest/audit-exports.service.js';
import { isInstant } from '../../rest/member.decorators.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

interface Options {
  readonly userId?: string;
  readonly clientId?: string;
  readonly name?: string;
  readonly since?: Date;
  readonly until?: Date;
}

/** `gatehouse audit export`: writes what happened to a file of lines of JSON. */
export function auditExport(parent: Command, runner: Runner): void {
  leaf(parent, 'export <file>', 'write what happened to a file of lines of JSON, the newest first')
    .option('--user-id <id>', 'only what happened to this user')
    .option('--client-id <id>', 'only what is about this client')
    .option('--name <name>', 'only events of this name')
    .option('--since <time>', 'not before', instant)
    .option('--until <time>', 'before', instant)
    .action(runner.action((file: string, options: Options) => write(runner, file, options)));
}

function write(runner: Runner, file: string, { userId, clientId, name, since, until }: Options): Promise<Answer> {
  return runner.inService(async (services) => {
    const lines = Readable.from(services(AuditExports).lines({ userId, clientId, name, since, until }));
    // For its owner alone, as it says what everybody did.
    await pipeline(lines, createWriteStream(file, { mode: 0o600, flags: 'w' }));
    return { json: { file }, lines: [`The audit log was written to ${file}.`] };
  });
}

function instant(text: string): Date {
  if (!isInstant(text)) throw new InvalidArgumentError('It must be a time such as 2026-12-31T23:59:59Z.');
  return new Date(text);
}
