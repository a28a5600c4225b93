import { expect, it } from 'vitest';
import { askFrame } from './support/check-session.js';
import { endSession, LOGOUT_VARIANT, logoutModule } from './support/logout.js';
import { tellModules } from './support/modules.js';
import { onCertifiedOp } from './support/op.js';

const MODULE = logoutModule('oidcc-session-management-rp-initiated-logout', [], async (run, { browser, passed }) => {
  const { op, client } = run;
  const { origin } = new URL(client.redirectUri);
  const state = passed.values['session_state'] ?? '';
  expect(state).toMatch(/^\S+$/);
  const question = `${client.clientId} ${state}`;
  expect(await askFrame(op, browser, question, origin)).toBe('unchanged');
  expect(await askFrame(op, browser, 'nonsense', origin)).toBe('error');

  const uri = op.suite.url('/post_logout_redirect');
  await endSession(op, browser, { id_token_hint: passed.rawIdToken, post_logout_redirect_uri: uri });
  expect(await askFrame(op, browser, question, origin)).toBe('changed');
  const silent = await run.request({ prompt: 'none' });
  expect(run.refused(silent, await browser.visit(silent.url))).toBe('login_required');
});

onCertifiedOp(
  'oidcc-session-management-certification-test-plan [client_registration=dynamic_client][response_type=code]',
  (op) => {
    it('oidcc-session-management-discovery-endpoint-verification', async () => {
      expect(await op.discovery()).toMatchObject({
        check_session_iframe: expect.stringMatching(/^https:/) as string,
        end_session_endpoint: expect.stringMatching(/^https:/) as string,
      });
    });
    tellModules(op, LOGOUT_VARIANT, [MODULE]);
  },
  { SESSION_MANAGEMENT: 'on' },
);
