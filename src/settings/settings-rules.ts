import type { CompanySettings } from './company-settings.js';

/** One fault of the settings, with the place of it as a JSON pointer. */
export interface SettingsProblem {
  readonly pointer: string;
  readonly detail: string;
}

type NumberSetting = {
  [Name in keyof CompanySettings]: CompanySettings[Name] extends number ? Name : never;
}[keyof CompanySettings];

interface Range {
  readonly pointer: string;
  readonly least: number;
  readonly most: number;
}

/** What each number may be; its member of the wire is the pointer. */
const RANGES: Readonly<Record<NumberSetting, Range>> = {
  rememberBrowserDays: { pointer: '#/remember_browser_days', least: 0, most: 365 },
  // Eight characters are the least that a password may have
  passwordMinLength: { pointer: '#/password_min_length', least: 8, most: 64 },
  passwordMinLengthWithSecondFactor: { pointer: '#/password_min_length_with_second_factor', least: 8, most: 64 },
};

/** Says everything that is wrong with the settings as they would be. */
export function settingsProblems(settings: CompanySettings): SettingsProblem[] {
  const { secondFactorKinds } = settings;
  const none = { pointer: '#/second_factor_kinds', detail: 'must name at least one kind' };
  return [...(secondFactorKinds.length === 0 ? [none] : []), ...rangeProblems(settings)];
}

function rangeProblems(settings: CompanySettings): SettingsProblem[] {
  return (Object.keys(RANGES) as NumberSetting[]).flatMap((name) => {
    const { pointer, least, most } = RANGES[name];
    const value = settings[name];
    return value >= least && value <= most ? [] : [{ pointer, detail: `must be from ${least} to ${most}` }];
  });
}
