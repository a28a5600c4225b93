import { Readable } from 'node:stream';
import { Get, HttpCode, Post, Query, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { summaryOf, type ImportSummary } from '../user-files/import-summary.js';
import { UserExports } from '../user-files/user-exports.service.js';
import { UserImports, type ImportChoices, type LineReport } from '../user-files/user-imports.service.js';
import { USER_FILE_FORMATS, type UserLine } from '../user-files/user-lines.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { CallerRights } from './caller-rights.service.js';
import { invalid } from './checked-message.js';
import { ImportedUsers, ON_CONFLICT, UserImportAnswer } from './dto/user-transfer.dto.js';
import { isJsonObject } from './merge-patch.js';
import { queryMembers } from './query-members.js';
import { rankProblem } from './roles/rank-rules.js';
import { USER_FILE_TYPES, UserFileBody } from './user-file-body.js';

const IMPORT_QUERY = {
  on_conflict: { about: `What to do with a user who is there already: ${ON_CONFLICT.join(', ')}; fail unless said.` },
} as const;

const EXPORT_QUERY = {
  format: { about: `${USER_FILE_FORMATS.join(' or ')}; jsonl unless said.` },
  password_hashes: { about: 'With true the hashes of the passwords too, for a token with every admin scope.' },
} as const;

/** Users brought in from files, each line for itself. */
@AdminController('user-imports')
export class UserImportsController {
  constructor(
    private readonly imports: UserImports,
    private readonly rights: CallerRights,
  ) {}

  @Post()
  @HttpCode(200)
  @Operation('users:write', {
    summary: 'Bring in users from a file',
    sensitive: true,
    status: 200,
    body: ImportedUsers,
    alsoSends: Object.values(USER_FILE_TYPES),
    answer: UserImportAnswer,
    query: IMPORT_QUERY,
  })
  async add(
    @UserFileBody() read: () => Promise<readonly UserLine[]>,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<ImportSummary> {
    const onConflict = choice('on_conflict', queryMembers(ownMembers(query), IMPORT_QUERY).on_conflict, ON_CONFLICT);
    const caller = await this.rights.ranked(request);
    const choices: ImportChoices = {
      onConflict,
      rankProblem: (present, wanted) => rankProblem(caller, present, wanted),
    };
    const lines: LineReport[] = [];
    for await (const line of this.imports.run(await read(), choices)) lines.push(line);
    return summaryOf(lines);
  }
}

/** All users as a file that an import reads. */
@AdminController('user-exports')
export class UserExportsController {
  constructor(
    private readonly exports: UserExports,
    private readonly rights: CallerRights,
  ) {}

  @Get()
  @Operation('users:read', {
    summary: 'Write all users to a file',
    status: 200,
    downloads: Object.values(USER_FILE_TYPES),
    query: EXPORT_QUERY,
  })
  async all(@Query() query: unknown, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const wished = queryMembers(query, EXPORT_QUERY);
    const format = choice('format', wished.format, ['jsonl', 'csv'] as const);
    const passwordHashes = choice('password_hashes', wished.password_hashes, ['false', 'true'] as const) === 'true';
    if (passwordHashes) await this.rights.requireAll(request, 'Password hashes are shown');
    const text = Readable.from(this.exports.run({ format, passwordHashes }));
    const type = format === 'csv' ? `${USER_FILE_TYPES.csv}; charset=utf-8` : USER_FILE_TYPES.jsonl;
    return new StreamableFile(text, { type, disposition: `attachment; filename="users.${format}"` });
  }
}

/** The query without what every write takes. */
function ownMembers(query: unknown): unknown {
  if (!isJsonObject(query)) return query;
  return Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'dry_run'));
}

/** One of a few values; the first unless said. */
function choice<T extends string>(name: string, given: string | undefined, values: readonly [T, ...T[]]): T {
  if (given === undefined) return values[0];
  const found = values.find((value) => value === given);
  if (found === undefined) throw invalid([{ pointer: `#/${name}`, detail: `must be one of ${values.join(', ')}` }]);
  return found;
}
