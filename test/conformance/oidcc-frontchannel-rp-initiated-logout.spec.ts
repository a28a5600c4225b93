import { expect, it } from 'vitest';
import { secret } from '../support/bare-client.js';
import { checkHops } from './support/every-response.js';
import { endSession, LOGOUT_VARIANT, logoutModule } from './support/logout.js';
import { tellModules } from './support/modules.js';
import { onCertifiedOp } from './support/op.js';

const MODULE = logoutModule(
  'oidcc-frontchannel-rp-initiated-logout',
  ['frontchannel'],
  async (run, { browser, passed }) => {
    const { op } = run;
    const state = secret().repeat(3).slice(0, 128);
    const uri = op.suite.url('/post_logout_redirect');
    const parameters = { id_token_hint: passed.rawIdToken, post_logout_redirect_uri: uri, state };
    const page = await endSession(op, browser, parameters);
    checkHops(page);
    expect([page.status, page.leftFor]).toEqual([200, undefined]);

    const frames = page.html.tags.filter(({ name }) => name === 'iframe');
    expect(frames).toHaveLength(1);
    const frame = new URL(frames[0]?.attributes.get('src') ?? '');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(/frame-src ([^;]*)/.exec(policy)?.[1]?.split(' ')).toContain(frame.origin);
    await op.fetch(frame.href); // as a browser does for a frame
    const call = op.suite.callsTo('/frontchannel_logout').at(-1);
    expect([call?.method, Object.fromEntries(call?.url.searchParams ?? [])]).toEqual([
      'GET',
      { iss: op.issuer, sid: passed.idToken['sid'] },
    ]);

    // then on to the client: by a script once the frames are there, and by a link for everybody else
    expect(page.html.find('continue')?.attributes.get('href')).toBe(`${uri}?state=${state}`);
    const script = page.html.tags.find(({ name }) => name === 'script');
    const source = page.html.source.slice(script?.end, page.html.source.indexOf('</script>', script?.end));
    expect(policy).toContain(`'nonce-${script?.attributes.get('nonce') ?? ''}'`);
    expect(source).toMatch(/\bload\b/);
    expect(source).not.toMatch(/=>|\b(const|let|async|await|fetch)\b|\?\.|`/); // what browsers of any age run

    const silent = await run.request({ prompt: 'none' });
    expect(run.refused(silent, await browser.visit(silent.url))).toBe('login_required');
  },
);

onCertifiedOp(
  'oidcc-frontchannel-rp-initiated-logout-certification-test-plan [client_registration=dynamic_client][response_type=code]',
  (op) => {
    it('oidcc-frontchannel-logout-discovery-endpoint-verification', async () => {
      expect(await op.discovery()).toMatchObject({
        frontchannel_logout_supported: true,
        frontchannel_logout_session_supported: true,
        end_session_endpoint: expect.stringMatching(/^https:/) as string,
      });
    });
    tellModules(op, LOGOUT_VARIANT, [MODULE]);
  },
);
