import { tellLoginPlan } from './support/plans.js';

tellLoginPlan('oidcc-formpost-hybrid-certification-test-plan', ['code id_token', 'code token', 'code id_token token'], {
  formPost: true,
  registrations: ['dynamic_client'],
});
