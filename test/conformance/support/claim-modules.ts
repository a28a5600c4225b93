import { SCOPE_CLAIMS, type StandardScope } from '#standards/oidc.js';
import { expect } from 'vitest';
import type { Answer } from '../../support/bare-client.js';
import { checkUserinfo } from './every-response.js';
import { withAccessToken, type Module } from './modules.js';
import type { ModuleRun } from './module-run.js';

const BY_SCOPE = ['profile', 'email', 'address', 'phone'] as const satisfies readonly StandardScope[];
const EVERY_CLAIM = [...new Set(Object.values(SCOPE_CLAIMS).flat())];

/** The claims of a scope come where OIDC Core §5.4 puts them, every one of them, and nowhere else. */
async function scopeGives(run: ModuleRun, scope: readonly StandardScope[]): Promise<void> {
  const passed = await run.pass(run.op.browser(), { scope: ['openid', ...scope].join(' ') });
  const asked = scope.flatMap((name) => SCOPE_CLAIMS[name]);
  if (withAccessToken(run.variant)) {
    const claims = await run.userinfo(passed.accessToken, passed.idToken.sub);
    expect(Object.keys(claims).sort()).toEqual(['sub', ...asked].sort());
    for (const name of asked) expect({ ...passed.front, ...passed.idToken }).not.toHaveProperty(name);
  } else {
    const given = Object.keys(passed.idToken).filter((name) => EVERY_CLAIM.includes(name));
    expect(given.sort()).toEqual(['sub', ...asked].sort());
  }
}

/** Modules about what a client learns of the user (OIDC Core §5). */
export const CLAIM_MODULES: readonly Module[] = [
  ...(
    [
      ['get', (run, url, token) => run.op.get(url, { authorization: `Bearer ${token}` })],
      ['post-header', (run, url, token) => run.op.post(url, {}, { authorization: `Bearer ${token}` })],
      ['post-body', (run, url, token) => run.op.post(url, { access_token: token })],
    ] as [string, (run: ModuleRun, url: string, token: string) => Promise<Answer>][]
  ).map(([way, ask]): Module => ({
    name: `oidcc-userinfo-${way}`,
    appliesTo: withAccessToken,
    run: async (run) => {
      const passed = await run.pass(run.op.browser());
      const url = await run.op.endpoint('userinfo_endpoint');
      checkUserinfo(await ask(run, url, passed.accessToken ?? ''), passed.idToken.sub);
    },
  })),
  ...BY_SCOPE.map((scope): Module => ({
    name: `oidcc-scope-${scope}`,
    run: (run) => scopeGives(run, [scope]),
  })),
  { name: 'oidcc-scope-all', run: (run) => scopeGives(run, BY_SCOPE) },
];
