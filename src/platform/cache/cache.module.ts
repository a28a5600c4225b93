import { Global, Module } from '@nestjs/common';
import { ChangeStampsRepository } from './change-stamps.repository.js';
import { Changes } from './changes.service.js';

/** What may be kept in memory, and until when, for every module. */
@Global()
@Module({ providers: [ChangeStampsRepository, Changes], exports: [Changes] })
export class CacheModule {}
