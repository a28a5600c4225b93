import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import type { UserAgent } from '../../support/user-agent.js';
import type { Op } from './op.js';

/** What the frame that a client has of the provider answers to its question (OIDC Session Management §3.2). */
export async function askFrame(op: Op, browser: UserAgent, question: string, origin: string): Promise<unknown> {
  const page = await browser.visit(await op.endpoint('check_session_iframe'), { site: 'cross-site' });
  expect([page.status, page.headers.get('x-frame-options')]).toEqual([200, null]);
  const script = page.html.tags.find(({ name }) => name === 'script');
  const source = page.html.source.slice(script?.end, page.html.source.indexOf('</script>', script?.end));
  expect(source).not.toMatch(/=>|\b(const|let|async|await|fetch)\b|crypto\.subtle|`/); // what browsers of any age run

  const listeners: ((event: object) => void)[] = [];
  const addEventListener = (type: string, listen: (event: object) => void): void => {
    if (type === 'message') listeners.push(listen);
  };
  const cookie = browser.cookies.all
    .filter(({ line }) => !/httponly/i.test(line))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
  const location = { ancestorOrigins: [origin] };
  const document = { cookie, referrer: `${origin}/` };
  runInNewContext(source, { window: { addEventListener, location }, addEventListener, location, document });
  const answers: unknown[][] = [];
  const from = { postMessage: (...said: unknown[]) => answers.push(said) };
  for (const listen of listeners) listen({ data: question, origin, source: from });
  expect(answers).toHaveLength(1);
  expect(answers[0]?.[1]).toBe(origin);
  return answers[0]?.[0];
}
