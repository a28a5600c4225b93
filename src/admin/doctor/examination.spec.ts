import { describe, expect, it } from 'vitest';
import { type Check, green, type Judgement, note, red } from './check.js';
import { examine } from './examination.js';
import { reportLines, reportOf } from './report.js';

function check(name: string, needs: readonly string[], judgement: () => Judgement): Check {
  return { name, needs, examine: () => Promise.resolve().then(judgement) };
}

describe('an examination', () => {
  it('does not ask what rests, however remotely, on a red line', async () => {
    const findings = await examine([
      check('database', [], () => red('does not answer', 'Start it.')),
      check('schema', ['database'], () => green('never asked')),
      check('keys', ['schema'], () => green('never asked')),
      check('mail', [], () => note('is off')),
      check('letters', ['mail'], () => green('asked: a note is not red')),
    ]);
    expect(findings.map(({ check: name, verdict }) => `${name} ${verdict}`)).toEqual([
      'database red',
      'schema skipped',
      'keys skipped',
      'mail note',
      'letters green',
    ]);
  });

  it('makes a red line of a check that fails, and goes on', async () => {
    const fails = (): Judgement => {
      throw new Error('out of order');
    };
    const findings = await examine([check('first', [], fails), check('second', [], () => green('fine'))]);
    expect(findings).toMatchObject([
      { verdict: 'red', says: 'the check itself failed: out of order', remedy: expect.any(String) as string },
      { verdict: 'green' },
    ]);
  });
});

describe('a report', () => {
  it('says below each red line what to do, and counts', async () => {
    const findings = await examine([
      check('clock', [], () => red('is wrong', 'Set it.')),
      check('database', [], () => green('answers')),
    ]);
    expect(reportLines(reportOf('https://login.example', findings))).toEqual([
      'Examination of https://login.example',
      '',
      '  RED   clock     is wrong',
      '                  → Set it.',
      '  ok    database  answers',
      '',
      '1 of 2 lines is red.',
    ]);
    expect(reportOf('https://login.example', findings).healthy).toBe(false);
  });
});
