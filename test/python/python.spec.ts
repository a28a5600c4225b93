import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../support/start-service.js';

const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3';
const FOLDER = fileURLToPath(new URL('../../examples/python/', import.meta.url));
const run = promisify(execFile);

describe('oauthlib: examples/python against a whole service', () => {
  let service: TestService;
  const automation = { ADMIN_CLIENT_ID: 'automation', ADMIN_CLIENT_SECRET: 'a-secret-of-the-python-example-tests' };

  beforeAll(async () => {
    service = await startService({ env: automation });
  });
  afterAll(() => service.close());

  /** Runs a script of the example; its output is in the error when it fails. */
  function python(script: string): Promise<{ stdout: string; stderr: string }> {
    const env = { ...process.env, ...automation, ISSUER: service.issuer, OAUTHLIB_INSECURE_TRANSPORT: '1' };
    return run(PYTHON, ['-B', script], { cwd: FOLDER, env });
  }

  it('registers a user, signs them in and reads their e-mail address', async () => {
    const { stdout } = await python('gatehouse_example.py');
    expect(stdout).toContain('Registered the user dinah-');
    expect(stdout).toContain("'email_verified': True");
    expect(stdout).toContain('The example passed.');
  });

  it('passes its own tests: wrong password, wrong secrets, a code used twice (RFC 6749 §4.1.2)', async () => {
    const { stderr } = await python('test_example.py');
    expect(stderr).toMatch(/Ran 5 tests/);
    expect(stderr).toMatch(/^OK$/m);
  });
});
