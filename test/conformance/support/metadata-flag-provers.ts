import { expect } from 'vitest';
import { withClient, type Prover } from './prover.js';

/** A parameter that is not supported is refused by name, so that no client takes silence for consent. */
function refuses(parameter: string, value: string): Prover {
  return (op) =>
    withClient(op, async (run) => {
      const sent = await run.request({ [parameter]: value });
      const visit = await op.browser().visit(sent.url);
      expect(run.refused(sent, visit)).toBe(`${parameter}_not_supported`);
    });
}

/** Proofs of the flags about how a request may be made (OIDC Core §5.5, §6). */
export const FLAG_PROVERS: Readonly<Record<string, Prover>> = {
  'claims_parameter_supported=false': (op) =>
    withClient(op, async (run) => {
      const claims = JSON.stringify({ id_token: { name: null } });
      expect((await run.pass(op.browser(), { claims })).idToken).not.toHaveProperty('name');
    }),
  'request_parameter_supported=false': refuses('request', 'e30.e30.'),
  'request_uri_parameter_supported=false': refuses('request_uri', 'https://suite.test/request.jwt'),
  'require_request_uri_registration=false': refuses('request_uri', 'https://suite.test/unregistered.jwt'),
};
