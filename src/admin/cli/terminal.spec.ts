import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ProblemDetails } from '#platform/http/index.js';
import { CommandFailure } from './failure.js';
import { table, Terminal } from './terminal.js';

function terminal(given: readonly string[] = []) {
  const written = { output: '', errors: '' };
  const streams = {
    input: Readable.from(given),
    output: { write: (text: string) => (written.output += text) },
    errors: { write: (text: string) => (written.errors += text) },
  };
  return { terminal: new Terminal(streams), written };
}

describe('a terminal', () => {
  it('answers people in lines and machines in JSON, on standard output alone', () => {
    const { terminal: console, written } = terminal();
    console.answer({ json: { id: 1 }, lines: ['one', 'two'] }, false);
    console.answer({ json: { id: 1 }, lines: ['one', 'two'] }, true);
    expect(written).toEqual({ output: 'one\ntwo\n{"id":1}\n', errors: '' });
  });

  it('tells people of a failure beside the answer, with each fault', () => {
    const { terminal: console, written } = terminal();
    const refused = new ProblemDetails({ status: 422, detail: 'No.', errors: [{ pointer: '#/a', detail: 'is b' }] });
    expect(console.fail(refused, false)).toBe(1);
    expect(written).toEqual({ output: '', errors: 'No.\n  #/a is b\n' });
  });

  it('tells machines of a failure in the answer', () => {
    const { terminal: console, written } = terminal();
    expect(console.fail(new CommandFailure('No such thing.', [], 2), true)).toBe(2);
    expect(written).toEqual({ output: '{"error":"No such thing."}\n', errors: '' });
  });

  it('ends with what an error asks for', () => {
    const behind = Object.assign(new Error('behind'), { exitCode: 78 });
    expect(terminal().terminal.fail(behind, false)).toBe(78);
  });

  it('reads a password without the end of its line, however it arrives', async () => {
    expect(await terminal(['corr', 'ect \n']).terminal.secret()).toBe('correct ');
    expect(await terminal(['correct\r\n']).terminal.secret()).toBe('correct');
    await expect(terminal(['\n']).terminal.secret()).rejects.toThrow('no password');
    await expect(terminal(['x'.repeat(5000)]).terminal.secret()).rejects.toThrow('too long');
  });
});

describe('a table', () => {
  it('has columns as wide as their widest cell, and no space at the end', () => {
    const rows = [
      ['a', 'long one'],
      ['longer', ''],
    ];
    expect(table(['id', 'name'], rows)).toEqual(['id      name', 'a       long one', 'longer']);
  });
});
