import { createLocalJWKSet, jwtVerify } from 'jose';
import { expect } from 'vitest';
import { signIn } from '../../support/signing-in.js';
import { checkJsonError } from './every-response.js';
import { dynamic, withAccessToken, type Module } from './modules.js';
import { byObject, signedObject } from './request-object.js';
import { registrationFor } from './suite-client.js';
import { USER } from './seed.js';

const PIXEL_TYPE = /^image\/(png|webp|jpeg)$/;

/** Modules of the dynamic plan where the provider fetches something of the client, or protects userinfo for it. */
export const OUTSIDE_MODULES: readonly Module[] = [
  {
    name: 'oidcc-userinfo-rs256',
    appliesTo: withAccessToken,
    registers: () => ({ userinfo_signed_response_alg: 'RS256' }),
    run: async (run) => {
      expect((await run.op.discovery())['userinfo_signing_alg_values_supported']).toContain('RS256');
      const passed = await run.pass(run.op.browser(), { scope: 'openid email' });
      const { status, headers, text } = await run.askUserinfo(passed.accessToken);
      expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/jwt/)]);
      const { payload, protectedHeader } = await jwtVerify(text, createLocalJWKSet(await run.op.keys()), {
        issuer: run.op.issuer,
        audience: run.client.clientId,
        currentDate: run.op.service.clock.now(),
      });
      expect(protectedHeader.alg).toBe('RS256');
      expect(payload).toMatchObject({ sub: passed.idToken.sub, email: USER.claims.email });
      expect(payload).not.toHaveProperty('nonce');
    },
  },
  {
    name: 'oidcc-registration-logo-uri',
    registers: (_variant, op) => ({ logo_uri: op.suite.url('/images/openid.png') }),
    run: async (run) => {
      const browser = run.op.browser();
      const sent = await run.request();
      const login = await browser.visit(sent.url, { site: 'cross-site' });
      const consent = await signIn(browser, login, USER);
      const images = [login, consent].flatMap(({ html }) => html.tags.filter(({ name }) => name === 'img'));
      const addresses = images.map(({ attributes }) => new URL(attributes.get('src') ?? '', run.op.issuer));
      const answers = await Promise.all(addresses.map(async ({ href }) => run.op.fetch(href)));
      expect(answers.map(({ headers }) => headers.get('content-type'))).toContainEqual(
        expect.stringMatching(PIXEL_TYPE),
      );
      // no third party learns of a visit (RFC 9700 §4.2.4)
      for (const { origin } of addresses) expect(origin).toBe(new URL(run.op.issuer).origin);
      expect(run.op.suite.callsTo('/images/openid.png').length).toBeGreaterThan(0);
    },
  },
  {
    name: 'oidcc-registration-sector-uri',
    registers: (_variant, op) => ({
      subject_type: 'pairwise',
      sector_identifier_uri: op.suite.publishJson('/redirect_uris.json', [op.suite.url('/callback')]),
    }),
    run: async (run) => {
      expect((await run.op.discovery())['subject_types_supported']).toContain('pairwise');
      expect(run.op.suite.callsTo('/redirect_uris.json').length).toBeGreaterThan(0);
      const { idToken } = await run.pass(run.op.browser());
      expect(idToken.sub).not.toBe(USER.id);
    },
  },
  {
    name: 'oidcc-registration-sector-bad',
    run: async ({ op, variant }) => {
      const sector_identifier_uri = op.suite.publishJson('/other_uris.json', [op.suite.url('/elsewhere')]);
      const body = await registrationFor(op, variant.responseType, { subject_type: 'pairwise', sector_identifier_uri });
      const answer = await op.json('POST', await op.endpoint('registration_endpoint'), { body });
      checkJsonError(answer, { error: /^invalid_client_metadata$/ });
      expect(op.suite.callsTo('/other_uris.json').length).toBeGreaterThan(0);
    },
  },
  {
    name: 'oidcc-request-uri-signed-rs256',
    appliesTo: dynamic,
    registers: (_variant, op) => ({
      request_object_signing_alg: 'RS256',
      request_uris: [`${op.suite.url('/request-object')}#fragment`],
    }),
    run: async (run) => {
      expect((await run.op.discovery())['request_uri_parameter_supported']).toBe(true);
      const sent = await run.request();
      const type = 'application/oauth-authz-req+jwt';
      const url = run.op.suite.publish('/request-object', { type, body: await signedObject(run, sent.parameters) });
      const referring = await byObject(run, sent, { request_uri: `${url}#fragment` });
      await run.complete(sent, await run.visit(run.op.browser(), referring));
    },
  },
];
