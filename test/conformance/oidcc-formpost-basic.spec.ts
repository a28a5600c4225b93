import { tellLoginPlan } from './support/plans.js';

tellLoginPlan('oidcc-formpost-basic-certification-test-plan', ['code'], {
  formPost: true,
  registrations: ['static_client', 'dynamic_client'],
});
