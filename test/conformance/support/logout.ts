import { encoded, type Parameters } from '../../support/bare-client.js';
import type { UserAgent, Visit } from '../../support/user-agent.js';
import type { Passed } from './module-run.js';
import { ModuleRun } from './module-run.js';
import { dynamic, type Module } from './modules.js';
import type { Op } from './op.js';
import type { Metadata } from './suite-client.js';

/** The variant of all logout plans: code flow, clients that register themselves. */
export const LOGOUT_VARIANT = { responseType: 'code', formPost: false, registration: 'dynamic_client' } as const;

/** What the suite registers for sign-outs, as far as the plan is about it. */
export function logoutUris(op: Op, ...more: readonly ('backchannel' | 'frontchannel')[]): Metadata {
  const channels = more.flatMap((channel): [string, unknown][] => [
    [`${channel}_logout_uri`, op.suite.url(`/${channel}_logout`)],
    [`${channel}_logout_session_required`, true],
  ]);
  return { post_logout_redirect_uris: [op.suite.url('/post_logout_redirect')], ...Object.fromEntries(channels) };
}

/** Sends a browser to the end-session endpoint and confirms what it asks (OIDC RP-Initiated Logout §2). */
export async function endSession(op: Op, browser: UserAgent, parameters: Parameters): Promise<Visit> {
  const endpoint = await op.endpoint('end_session_endpoint');
  const page = await browser.visit(`${endpoint}?${encoded(parameters)}`, { site: 'cross-site' });
  return page.html.has('#logout-confirm') ? browser.submit(page, '#logout-confirm') : page;
}

/** A module that first signs in and then out. */
export function logoutModule(
  name: string,
  channels: readonly ('backchannel' | 'frontchannel')[],
  run: (run: ModuleRun, signedIn: { browser: UserAgent; passed: Passed }) => Promise<unknown>,
): Module {
  return {
    name,
    appliesTo: dynamic,
    registers: (_variant, op) => logoutUris(op, ...channels),
    run: async (one) => {
      const browser = one.op.browser();
      return run(one, { browser, passed: await one.pass(browser) });
    },
  };
}
