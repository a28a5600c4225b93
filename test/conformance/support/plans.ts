import { describe } from 'vitest';
import { CLAIM_MODULES } from './claim-modules.js';
import { CODE_MODULES } from './code-modules.js';
import { LOGIN_MODULES } from './login-modules.js';
import { tellModules } from './modules.js';
import type { Variant } from './module-run.js';
import { onCertifiedOp } from './op.js';
import { REQUEST_OBJECT_MODULES, UNSIGNED_ID_TOKEN } from './request-object-modules.js';

const MODULES = [...LOGIN_MODULES, UNSIGNED_ID_TOKEN, ...CLAIM_MODULES, ...CODE_MODULES, ...REQUEST_OBJECT_MODULES];

/** Tells one of the plans that differ by response types, mode and kind of client only. */
export function tellLoginPlan(
  plan: string,
  responseTypes: readonly string[],
  { formPost = false, registrations }: { formPost?: boolean; registrations: readonly Variant['registration'][] },
): void {
  for (const registration of registrations) {
    onCertifiedOp(`${plan} [server_metadata=discovery][client_registration=${registration}]`, (op) => {
      describe.each(responseTypes)('[response_type=%s]', (responseType) => {
        tellModules(op, { responseType, formPost, registration }, MODULES);
      });
    });
  }
}
