import { expect } from 'vitest';
import { secret } from '../../support/bare-client.js';
import { checkJsonError, checkTokens } from './every-response.js';
import { withCode, type Module, type Stage } from './modules.js';
import type { ModuleRun, Passed } from './module-run.js';

const codeGrant = (grantTypes: readonly string[]) => ({ grant_types: grantTypes });

/** Signs in for a refresh token, uses it, and checks what a refreshed ID token may say (OIDC Core §12.2). */
async function refreshed(run: ModuleRun, wish: Readonly<Record<string, string>>): Promise<Passed> {
  const asked = { scope: 'openid offline_access', prompt: 'consent', ...wish };
  const passed = await run.pass(run.op.browser(), asked);
  run.op.service.clock.advance('1s');
  const answer = await run.refresh(
    String(passed.tokens?.body['refresh_token']),
    wish['scope'] === undefined ? {} : wish,
  );
  checkTokens(answer);
  const accessToken = String(answer.body['access_token']);
  const idToken = await run.idToken(String(answer.body['id_token']), { parameters: {} }, { accessToken });
  for (const claim of ['iss', 'sub', 'aud', 'auth_time', 'azp']) expect(idToken[claim]).toEqual(passed.idToken[claim]);
  expect(idToken.iat).not.toBe(passed.idToken.iat);
  await run.userinfo(accessToken, idToken.sub);
  return passed;
}

/** The whole of `oidcc-refresh-token`: two clients, and one that tries the token of the other (RFC 6749 §6). */
async function refreshTokens(run: ModuleRun, stage: Stage): Promise<void> {
  const { op } = stage;
  await refreshed(run, { scope: 'openid offline_access' });
  const second = await stage.another();
  await refreshed(second, { nonce: secret() });
  const other = await second.pass(op.browser(), { scope: 'openid offline_access', prompt: 'consent' });
  checkJsonError(await run.refresh(String(other.tokens?.body['refresh_token'])), { error: /^invalid_grant$/ });
  expect((await op.discovery())['grant_types_supported']).toContain('refresh_token');
}

/** The module of refresh tokens, which the dynamic plan has too. */
export const REFRESH_TOKEN: Module = {
  name: 'oidcc-refresh-token',
  appliesTo: withCode,
  registers: (variant) =>
    codeGrant(['authorization_code', ...(variant.responseType === 'code' ? [] : ['implicit']), 'refresh_token']),
  run: refreshTokens,
};

/** Modules about codes and the token endpoint (OIDC Core §3.1.3). */
export const CODE_MODULES: readonly Module[] = [
  {
    name: 'oidcc-codereuse',
    appliesTo: withCode,
    run: async (run) => {
      const { sent, values } = await run.pass(run.op.browser());
      checkJsonError(await run.redeem(sent, values['code'] ?? ''), { error: /^invalid_grant$/ });
    },
  },
  {
    name: 'oidcc-codereuse-30seconds',
    appliesTo: withCode,
    run: async (run) => {
      const { sent, values, accessToken, idToken } = await run.pass(run.op.browser());
      await run.userinfo(accessToken, idToken.sub);
      run.op.service.clock.advance('30s');
      checkJsonError(await run.redeem(sent, values['code'] ?? ''), { error: /^invalid_grant$/ });
      expect((await run.askUserinfo(accessToken)).status).toBe(401); // RFC 6749 §4.1.2: what it was good for is revoked
    },
  },
  {
    name: 'oidcc-server-client-secret-post',
    appliesTo: withCode,
    client: 'clientSecretPost',
    registers: () => ({ token_endpoint_auth_method: 'client_secret_post' }),
    run: (run) => run.pass(run.op.browser()),
  },
  REFRESH_TOKEN,
  {
    name: 'oidcc-ensure-request-with-valid-pkce-succeeds',
    appliesTo: withCode,
    run: async (run) => {
      const { sent } = await run.pass(run.op.browser(), { code_challenge_method: 'S256' });
      expect(sent.verifier).toHaveLength(43);
    },
  },
];
