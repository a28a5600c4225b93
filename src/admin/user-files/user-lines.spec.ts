import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemDetails } from '#platform/http/index.js';
import { USER_FILE_FORMATS, userLines, type UserFileFormat, type UserLine } from './user-lines.js';

async function* piecewise(bytes: Buffer, length: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.subarray(at, at + length));
}

async function read(text: string | Buffer, format: UserFileFormat, length = 3): Promise<UserLine[]> {
  const lines: UserLine[] = [];
  for await (const line of userLines(piecewise(Buffer.from(text), length), format)) lines.push(line);
  return lines;
}

describe('the lines of a file of users', () => {
  it('are read in whatever pieces they come, the last without a line end too', async () => {
    expect(await read('{"username":"马"}\r\n\n{"username":"b"}', 'jsonl')).toEqual([
      { line: 1, value: { username: '马' } },
      { line: 3, value: { username: 'b' } },
    ]);
    expect(await read('username,name\n"马","a\nb"\nc,d', 'csv')).toEqual([
      { line: 3, value: { username: '马', name: 'a\nb' } },
      { line: 4, value: { username: 'c', name: 'd' } },
    ]);
    expect(await read('', 'csv')).toEqual([]);
  });

  it('say which has more cells than the heading', async () => {
    expect(await read('username\na,b\n', 'csv')).toEqual([{ line: 2, fault: 'has more cells than the heading' }]);
  });

  it.each([
    ['csv', 'username\n"a', /no CSV/],
    ['csv', Buffer.from('username\ncaf\xe9', 'latin1'), /not UTF-8/],
    ['jsonl', Buffer.from('{"a":"\xff"}', 'latin1'), /not UTF-8/],
    ['jsonl', Buffer.from('"caf\xc3', 'latin1'), /not UTF-8/],
    ['jsonl', 'x'.repeat(70_000), /too long/],
    ['csv', `username\n${'x'.repeat(70_000)}`, /no CSV/],
  ] as const)('are refused as a whole when the file is broken: %s', async (format, text, reason) => {
    await expect(read(text, format, 1000)).rejects.toThrow(reason);
  });

  it('are read or refused, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(...USER_FILE_FORMATS),
        async (bytes, format) => {
          const result = await read(Buffer.from(bytes), format, 7).catch((error: unknown) => error);
          expect(Array.isArray(result) || result instanceof ProblemDetails).toBe(true);
        },
      ),
    );
  });
});
