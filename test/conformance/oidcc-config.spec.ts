import { expect, it } from 'vitest';
import { checkProviderMetadata } from './support/discovery-rules.js';
import { onCertifiedOp } from './support/op.js';

onCertifiedOp('oidcc-config-certification-test-plan', (op) => {
  it('oidcc-discovery-endpoint-verification', async () => {
    const answer = await op.get(`${op.issuer}/.well-known/openid-configuration`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    checkProviderMetadata(answer.body, op.issuer);
    const { keys } = await op.keys();
    expect(keys.map(({ alg }) => alg)).toContain('RS256');
  });
});
