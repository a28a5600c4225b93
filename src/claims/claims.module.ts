import { Module } from '@nestjs/common';
import { ClaimMappingsRepository } from './claim-mappings.repository.js';
import { ClaimMappings } from './claim-mappings.service.js';

/** The claims that scopes release beside the standard ones. */
@Module({ providers: [ClaimMappingsRepository, ClaimMappings], exports: [ClaimMappings] })
export class ClaimsModule {}
