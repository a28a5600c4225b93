import { expect, it } from 'vitest';
import { onCertifiedOp } from './support/op.js';
import { OPTION_PROVERS } from './support/metadata-option-provers.js';
import { PROTECTION_PROVERS } from './support/metadata-protection-provers.js';
import { PROVERS } from './support/metadata-provers.js';

const ALL = { ...PROVERS, ...OPTION_PROVERS, ...PROTECTION_PROVERS };

/** The name that a member's proof has: a flag is proven for the value that it has. */
const proofOfMember = ([name, value]: [string, unknown]) =>
  typeof value === 'boolean' ? `${name}=${String(value)}` : name;

onCertifiedOp(
  'the discovery document promises nothing that is not there (OIDC Discovery §3, RFC 8414 §2)',
  (op) => {
    it('has no member without a proof, and nothing is proven that it does not promise', async () => {
      const members = Object.entries(await op.discovery()).map(proofOfMember);
      expect(members.sort()).toEqual(Object.keys(ALL).sort());
    });

    it.each(Object.entries(ALL))('%s', { timeout: 120_000 }, async (name, prove) => {
      const [member = ''] = name.split('=');
      const value = (await op.discovery())[member];
      const values = [value].flat();
      expect(values.length).toBeGreaterThan(0);
      for (const one of values) {
        await prove(op, String(one)).catch((error: unknown) => {
          throw new Error(`${member} promises ${String(one)}`, { cause: error });
        });
      }
    });
  },
  { SESSION_MANAGEMENT: 'on' },
);
