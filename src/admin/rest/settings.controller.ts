import { Get, Patch } from '@nestjs/common';
import { CompanySettingsService } from '#settings/index.js';
import { AdminController, Operation } from './admin-controller.decorator.js';
import { refuseFaults } from './checked-message.js';
import {
  FIXED_SETTINGS_MEMBERS,
  SettingsAnswer,
  settingsAnswer,
  settingsInput,
  SettingsMembers,
  settingNames,
} from './dto/settings.dto.js';
import type { Plain } from './member.decorators.js';
import { patched, refusal, unlessStale } from './outcomes.js';
import { PatchBody } from './request-body.decorator.js';

/** What administrators decide for the whole company at run time. */
@AdminController('settings')
export class SettingsController {
  constructor(private readonly settings: CompanySettingsService) {}

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
  })
  async change(@PatchBody() patch: unknown): Promise<Plain<SettingsAnswer>> {
    const result = await unlessStale(async () => {
      const read = await this.settings.read();
      const { message, problems, removed } = patched(
        SettingsMembers,
        settingsAnswer(read),
        patch,
        FIXED_SETTINGS_MEMBERS,
      );
      const input = settingsInput(message);
      refuseFaults(problems, this.settings.problems(input));
      return this.settings.change(input, { toDefault: settingNames(removed), readAt: read.updatedAt });
    });
    if (result.outcome !== 'updated') throw refusal(result);
    return settingsAnswer(result.read);
  }
}
