import { CompanySettingsEntity } from './company-settings.entity.js';

export {
  ACCOUNT_DELETIONS,
  DEFAULT_SETTINGS,
  EDITABLE_CLAIMS,
  noneStandsAlone,
  SECOND_FACTOR_KINDS,
  SECOND_FACTOR_RULES,
  UNUSED_ACCESS_CHOICES,
  type CompanySettings,
  type EditableClaim,
  type SecondFactorChoice,
} from './company-settings.js';
export { CompanySettingsService, type ReadSettings, type SettingsUpdate } from './company-settings.service.js';
export { SettingsModule } from './settings.module.js';
export type { SettingsProblem } from './settings-rules.js';

/** The tables of this module. */
export const SETTINGS_ENTITIES = [CompanySettingsEntity] as const;
