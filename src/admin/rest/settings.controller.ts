import { Get, Patch } from '@nestjs/common';
import { CompanySettingsService } from '#settings/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { SettingsAnswer, settingsAnswer, SettingsMembers } from './dto/settings.dto.js';
import type { Plain } from './member.decorators.js';
import { PatchBody } from './request-body.decorator.js';
import { SettingsWrites } from './settings-writes.service.js';

/** What administrators decide for the whole company at run time. */
@AdminController('settings')
export class SettingsController {
  constructor(
    private readonly settings: CompanySettingsService,
    private readonly writes: SettingsWrites,
  ) {}

  @Get()
  @Operation('settings:read', { summary: 'Read the settings of the company', status: 200, answer: SettingsAnswer })
  async read(): Promise<Plain<SettingsAnswer>> {
    return settingsAnswer(await this.settings.read());
  }

  @Patch()
  @Operation('settings:write', {
    summary: 'Change the settings of the company',
    sensitive: true,
    status: 200,
    body: SettingsMembers,
    patch: true,
    answer: SettingsAnswer,
    conflicts: true,
    approval: 'settings.change',
  })
  async change(@PatchBody() patch: unknown): Promise<Plain<SettingsAnswer>> {
    return settingsAnswer(await this.writes.change(patch));
  }
}
