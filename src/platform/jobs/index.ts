import { PurgeRunEntity } from './purge-run.entity.js';

export type { Gathering } from './gathering.js';
export { Gatherings } from './gatherings.service.js';
export { JobsModule } from './jobs.module.js';
export { JobsService } from './jobs.service.js';
export type { JobWork } from './jobs.service.js';
export { soon } from './soon.js';
export { untilWritten } from './until-written.js';
export { isWorthNoting } from './worth-noting.js';
export { Purges } from './purges.service.js';
export { Storage } from './storage.service.js';
export type { TableStorage } from './storage.service.js';

/** The table of the purges. */
export const JOBS_ENTITIES = [PurgeRunEntity] as const;
