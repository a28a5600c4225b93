import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ProblemDetails } from '#platform/http/index.js';
import { userLines, type UserFileFormat, type UserLine } from '../user-files/user-lines.js';
import { checkedMessage } from './checked-message.js';
import { ImportedUsers } from './dto/user-transfer.dto.js';
import { bodyOf, JSON_TYPE } from './request-body.decorator.js';

/** The media types of files of users (RFC 4180 §3, and lines of JSON). */
export const USER_FILE_TYPES: Readonly<Record<UserFileFormat, string>> = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
};

const MOST_LINES = 10_000;

/** The users in the body of a request, whichever of the media types it has: not read yet, so that who may not send them learns nothing. */
export const UserFileBody = createParamDecorator((_options: undefined, context: ExecutionContext) => {
  const { body, type } = bodyOf(context, [JSON_TYPE, ...Object.values(USER_FILE_TYPES)]);
  return (): Promise<readonly UserLine[]> => linesIn(body, type);
});

async function linesIn(body: unknown, type: string): Promise<readonly UserLine[]> {
  const lines = typeof body === 'string' && type !== JSON_TYPE ? await textLines(body, type) : listed(body);
  if (lines.length <= MOST_LINES) return lines;
  throw new ProblemDetails({ status: 413, detail: `Send at most ${MOST_LINES} users at a time.` });
}

function listed(body: unknown): UserLine[] {
  const { users } = checkedMessage(ImportedUsers, body);
  return users.map((value: unknown, index) => ({ line: index + 1, value }));
}

/** All of them before any is brought in, so that a file which breaks off is refused as a whole. */
async function textLines(body: string, type: string): Promise<UserLine[]> {
  const lines: UserLine[] = [];
  const format = type === USER_FILE_TYPES.csv ? 'csv' : 'jsonl';
  // The parser of bodies keeps one character for each byte.
  for await (const line of userLines(pieces(Buffer.from(body, 'latin1')), format)) lines.push(line);
  return lines;
}

async function* pieces(bytes: Buffer): AsyncIterable<Buffer> {
  yield await Promise.resolve(bytes);
}
