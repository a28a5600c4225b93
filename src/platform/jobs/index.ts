export { JobsModule } from './jobs.module.js';
export { JobsService } from './jobs.service.js';
export type { JobWork } from './jobs.service.js';
