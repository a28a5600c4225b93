import { Readable } from 'node:stream';
import { ProblemDetails } from '#platform/http/index.js';
import { userFrom } from './csv-cells.js';

/** The forms in which users are written to files. */
export const USER_FILE_FORMATS = ['csv', 'jsonl'] as const;

/** One of them. */
export type UserFileFormat = (typeof USER_FILE_FORMATS)[number];

/** One line of a file: what it says, or why it says nothing. */
export interface UserLine {
  readonly line: number;
  readonly value?: unknown;
  readonly fault?: string;
}

const LONGEST_LINE = 64 * 1024;

/** Reads the users of a file one by one, so that a long file is never in memory as a whole. */
export function userLines(source: AsyncIterable<Buffer | string>, format: UserFileFormat): AsyncIterable<UserLine> {
  return format === 'csv' ? csvLines(source) : jsonLines(source);
}

interface CsvRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

async function* csvLines(source: AsyncIterable<Buffer | string>): AsyncIterable<UserLine> {
  const { CsvError, parse } = await import('csv-parse');
  const options = {
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_LINE,
  };
  const rows = parse(options);
  const text = Readable.from(utf8(source));
  text.on('error', (error) => rows.destroy(error)).pipe(rows);
  let names: readonly string[] | undefined;
  try {
    for await (const { record, info } of rows as AsyncIterable<CsvRow>) {
      if (names === undefined) names = record.map((name) => name.trim());
      else if (record.length > names.length) yield { line: info.lines, fault: 'has more cells than the heading' };
      else yield { line: info.lines, value: userFrom(names, record) };
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new ProblemDetails({ status: 400, detail: `This is no CSV: ${error.message}.` });
    throw error;
  }
}

async function* jsonLines(source: AsyncIterable<Buffer | string>): AsyncIterable<UserLine> {
  let line = 0;
  for await (const text of textLines(source)) {
    line += 1;
    if (text.trim() === '') continue;
    try {
      yield { line, value: JSON.parse(text) };
    } catch {
      yield { line, fault: 'is not JSON' };
    }
  }
}

/** The lines of a text, however it comes in pieces. */
async function* textLines(source: AsyncIterable<Buffer | string>): AsyncIterable<string> {
  let rest = '';
  for await (const piece of utf8(source)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new ProblemDetails({ status: 400, detail: 'A line is too long.' });
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function* utf8(source: AsyncIterable<Buffer | string>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of source) {
      yield typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ProblemDetails({ status: 400, detail: 'The text is not UTF-8.' });
  }
}
