import { tellLoginPlan } from './support/plans.js';

tellLoginPlan('oidcc-basic-certification-test-plan', ['code'], { registrations: ['static_client', 'dynamic_client'] });
