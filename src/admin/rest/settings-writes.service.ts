import { Injectable } from '@nestjs/common';
import { CompanySettingsService, type ReadSettings } from '#settings/index.js';
import { refuseFaults } from './checked-message.js';
import {
  FIXED_SETTINGS_MEMBERS,
  settingNames,
  settingsAnswer,
  settingsInput,
  SettingsMembers,
} from './dto/settings.dto.js';
import { patched, refusal, unlessStale } from './outcomes.js';

/** Changes the settings of the company as messages say. */
@Injectable()
export class SettingsWrites {
  constructor(private readonly settings: CompanySettingsService) {}

  /** Changes them by a merge patch. */
  async change(patch: unknown): Promise<ReadSettings> {
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
    return result.read;
  }
}
