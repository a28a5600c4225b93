import { Module } from '@nestjs/common';
import { CompanySettingsRepository } from './company-settings.repository.js';
import { CompanySettingsService } from './company-settings.service.js';

/** What administrators decide for the whole company at run time. */
@Module({
  providers: [CompanySettingsRepository, CompanySettingsService],
  exports: [CompanySettingsService],
})
export class SettingsModule {}
