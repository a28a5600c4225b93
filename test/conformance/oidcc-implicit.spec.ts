import { tellLoginPlan } from './support/plans.js';

tellLoginPlan('oidcc-implicit-certification-test-plan', ['id_token', 'id_token token'], {
  registrations: ['dynamic_client'],
});
