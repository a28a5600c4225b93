import { Module } from '@nestjs/common';
import { ResourcesRepository } from './resources.repository.js';
import { ResourcesService } from './resources.service.js';
import { ScopesRepository } from './scopes.repository.js';
import { ScopesService } from './scopes.service.js';

/** The protected APIs and what clients can ask for. */
@Module({
  providers: [ResourcesRepository, ScopesRepository, ResourcesService, ScopesService],
  exports: [ResourcesService, ScopesService],
})
export class ResourcesModule {}
