import { tellLoginPlan } from './support/plans.js';

tellLoginPlan('oidcc-hybrid-certification-test-plan', ['code id_token', 'code token', 'code id_token token'], {
  registrations: ['dynamic_client'],
});
