import { expect, it } from 'vitest';
import { checkJsonError } from './support/every-response.js';
import { onCertifiedOp } from './support/op.js';
import { register, registrationFor, unregister } from './support/suite-client.js';

onCertifiedOp('oidcc-3rdparty-init-login-certification-test-plan [response_type=code]', (op) => {
  it('oidcc-3rdparty-init-login', async () => {
    const initiate_login_uri = op.suite.url('/initiate_login');
    const client = await register(op, await registrationFor(op, 'code', { initiate_login_uri }));
    const { registered = {} } = client;
    expect(registered['initiate_login_uri']).toBe(initiate_login_uri);
    const token = String(registered['registration_access_token']);
    const read = await op.json('GET', String(registered['registration_client_uri']), { token });
    expect(read.status).toBe(200);
    expect(read.headers.get('content-type')).toMatch(/^application\/json/);
    expect(read.body).toMatchObject({ client_id: client.clientId, initiate_login_uri });
    await unregister(op, client);
  });

  it('oidcc-3rdparty-init-login-nohttps', async () => {
    const initiate_login_uri = op.suite.url('/initiate_login').replace('https:', 'http:');
    const body = await registrationFor(op, 'code', { initiate_login_uri });
    const answer = await op.json('POST', await op.endpoint('registration_endpoint'), { body });
    checkJsonError(answer, { error: /^invalid_client_metadata$/ });
  });
});
