import { tellLoginPlan } from './support/plans.js';

tellLoginPlan('oidcc-formpost-implicit-certification-test-plan', ['id_token', 'id_token token'], {
  formPost: true,
  registrations: ['dynamic_client'],
});
