import { ChangeStampEntity } from './change-stamp.entity.js';

export { Cache } from './cache.js';
export { CacheModule } from './cache.module.js';
export { Changes } from './changes.service.js';
export { Recent } from './recent.js';

/** The tables of this module. */
export const CACHE_ENTITIES = [ChangeStampEntity] as const;
