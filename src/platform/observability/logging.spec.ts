import { describe, expect, it } from 'vitest';
import { LogSettings } from '#platform/config/index.js';
import { createLog, errorFacts, NestLog } from './logging.js';

async function logged(act: (log: NestLog) => void, level: LogSettings['level'] = 'info') {
  const lines: string[] = [];
  const settings = new LogSettings({ level, format: 'json' });
  act(new NestLog(await createLog(settings, { write: (line) => lines.push(line) })));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('has one JSON object a line, with level, time and context', async () => {
    const [entry] = await logged((log) => {
      log.log('done', 'jobs');
    });
    expect(entry).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      context: 'jobs',
      msg: 'done',
    });
  });

  it('takes facts instead of a text', async () => {
    const [entry] = await logged((log) => {
      log.warn({ event: 'refused', detail: 'unknown client' }, 'protocol');
    });
    expect(entry).toMatchObject({ level: 'warn', event: 'refused', detail: 'unknown client', context: 'protocol' });
  });

  it('keeps the stack of an error however it is handed over', async () => {
    const error = new Error('broken');
    const entries = await logged((log) => {
      log.error(error, undefined, 'http');
      log.error('it broke', error.stack, 'http');
    });
    expect(entries[0]).toMatchObject({
      msg: 'broken',
      err: { message: 'broken', stack: error.stack },
      context: 'http',
    });
    expect(entries[1]).toMatchObject({ msg: 'it broke', stack: error.stack, context: 'http' });
  });

  it('leaves the wiring of Nest to those who look for it', async () => {
    const act = (log: NestLog): void => {
      log.log('UsersModule dependencies initialized', 'InstanceLoader');
    };
    expect(await logged(act)).toEqual([]);
    expect(await logged(act, 'debug')).toMatchObject([{ level: 'debug' }]);
  });

  it('never holds the parameters of a failed statement', () => {
    const failed = Object.assign(new Error('failed'), { parameters: ['s3cr3t'], query: 'UPDATE', code: 'ER_X' });
    const facts = errorFacts(new Error('outer', { cause: failed }));
    expect(JSON.stringify(facts)).not.toContain('s3cr3t');
    expect(facts).toMatchObject({ message: 'outer', cause: { message: 'failed', code: 'ER_X' } });
    expect(errorFacts('text')).toEqual({ message: 'text' });
  });
});
