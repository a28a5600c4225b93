import { describe, expect, it } from 'vitest';
import { checkProviderMetadata } from './support/discovery-rules.js';
import { DYNAMIC_MODULES } from './support/dynamic-modules.js';
import { tellModules } from './support/modules.js';
import { onCertifiedOp } from './support/op.js';
import { OUTSIDE_MODULES } from './support/outside-modules.js';

const RESPONSE_TYPES = ['code', 'code id_token', 'code token', 'code id_token token', 'id_token', 'id_token token'];
const BY_KEY = { token_endpoint_auth_method: 'private_key_jwt' };

onCertifiedOp('oidcc-dynamic-certification-test-plan', (op) => {
  it('oidcc-discovery-endpoint-verification', async () => {
    const document = await op.discovery();
    checkProviderMetadata(document, op.issuer);
    expect(new URL(await op.endpoint('registration_endpoint')).protocol).toBe('https:');
    const types = (document['response_types_supported'] as string[]).map((type) => type.split(' ').sort().join(' '));
    expect(types).toEqual(expect.arrayContaining(['code', 'id_token', 'id_token token']));
    expect(document['grant_types_supported']).toEqual(expect.arrayContaining(['authorization_code', 'implicit']));
  });

  describe.each(RESPONSE_TYPES)('[response_type=%s]', (responseType) => {
    const modules = [...DYNAMIC_MODULES, ...OUTSIDE_MODULES];
    tellModules(op, { responseType, formPost: false, registration: 'dynamic_client' }, modules, BY_KEY);
  });
});
