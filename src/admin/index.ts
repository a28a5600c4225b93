export { AdminModule } from './admin.module.js';
export { SeedError } from './seed/seed-error.js';
export { SeedService, type SeedReport } from './seed/seed.service.js';
