import { CommandFailure, failureFacts, failureLines } from './failure.js';

/** What a command answers, for machines and for people. */
export interface Answer {
  readonly json: object;
  readonly lines: readonly string[];
  /** What the process ends with although the command did its work, as when the doctor sees red. */
  readonly exitCode?: number;
  /** Whom the command did something to, for the record. */
  readonly about?: { readonly userId?: string; readonly clientId?: string };
}

/** The streams of a process, as far as the command line uses them. */
export interface Streams {
  readonly input: AsyncIterable<Buffer | string>;
  readonly output: { write(text: string): unknown };
  readonly errors: { write(text: string): unknown };
}

const LONGEST_SECRET = 4096;

/** Where the command line is read and written: answers on standard output alone, everything else beside it. */
export class Terminal {
  constructor(private readonly streams: Streams) {}

  /** What stands on standard input. */
  get input(): AsyncIterable<Buffer | string> {
    return this.streams.input;
  }

  answer({ json, lines }: Answer, asJson: boolean): void {
    this.streams.output.write(asJson ? `${JSON.stringify(json)}\n` : lines.map((line) => `${line}\n`).join(''));
  }

  /** What belongs beside the answer: the log, and how a command is used. */
  write(text: string): void {
    this.streams.errors.write(text);
  }

  /** Help that was asked for is the answer. */
  help(text: string): void {
    this.streams.output.write(text);
  }

  /** Tells of a failure, and says what the process ends with. */
  fail(error: unknown, asJson: boolean): number {
    const { exitCode, ...told } = failureFacts(error);
    if (asJson) this.streams.output.write(`${JSON.stringify(told)}\n`);
    else this.write(`${failureLines({ ...told, exitCode }).join('\n')}\n`);
    return exitCode;
  }

  /** What stands on standard input, without the line end that an echo adds. */
  async secret(): Promise<string> {
    let text = '';
    for await (const chunk of this.streams.input) {
      text += chunk.toString();
      if (text.length > LONGEST_SECRET) throw new CommandFailure('Standard input is too long for a password.');
    }
    const secret = text.replace(/\r?\n$/, '');
    if (secret === '') throw new CommandFailure('There is no password on standard input.');
    return secret;
  }
}

/** Lays out rows in columns, with a heading. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
