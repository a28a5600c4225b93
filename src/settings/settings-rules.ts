import { noneStandsAlone, type CompanySettings } from './company-settings.js';

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
  unusedAccessDays: { pointer: '#/unused_access_days', least: 7, most: 3650 },
  unusedAccessNoticeDays: { pointer: '#/unused_access_notice_days', least: 1, most: 90 },
  invitationDays: { pointer: '#/invitation_days', least: 1, most: 90 },
  passwordMinLengthWithSecondFactor: { pointer: '#/password_min_length_with_second_factor', least: 8, most: 64 },
};

/** Says everything that is wrong with the settings as they would be. */
export function settingsProblems(settings: CompanySettings): SettingsProblem[] {
  const ofNumbers = (Object.keys(RANGES) as NumberSetting[]).flatMap((name) => {
    const { pointer, least, most } = RANGES[name];
    const value = settings[name];
    return value >= least && value <= most ? [] : [{ pointer, detail: `must be from ${least} to ${most}` }];
  });
  return [...ofNumbers, ...kindsProblems(settings), ...termsProblems(settings), ...securityProblems(settings)];
}

function kindsProblems({ secondFactorKinds }: CompanySettings): SettingsProblem[] {
  if (!noneStandsAlone(secondFactorKinds)) return [];
  return [{ pointer: '#/second_factor_kinds', detail: 'must name at least one kind besides recovery codes' }];
}

/** What is accepted must be there to read, and told apart from what was accepted before. */
function termsProblems({ termsVersion, termsUri }: CompanySettings): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (!/^[\x21-\x7e]{0,64}$/.test(termsVersion)) {
    problems.push({ pointer: '#/terms_version', detail: 'must be up to 64 characters without spaces' });
  }
  if (termsUri !== '' && !isHttps(termsUri)) {
    problems.push({ pointer: '#/terms_uri', detail: 'must be an https URL' });
  }
  if (termsVersion !== '' && termsUri === '') {
    problems.push({ pointer: '#/terms_uri', detail: 'is needed with terms_version' });
  }
  return problems;
}

/** RFC 9116 §2.5.3, §2.5.7: what is published to everybody, one line each. */
function securityProblems({ securityContact, securityPolicyUri }: CompanySettings): SettingsProblem[] {
  const isContact =
    /^(?:mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9-]{3,20})$/.test(securityContact) || isHttps(securityContact);
  return [
    ...(securityContact === '' || isContact
      ? []
      : [{ pointer: '#/security_contact', detail: 'must be an https, mailto or tel URI' }]),
    ...(securityPolicyUri === '' || isHttps(securityPolicyUri)
      ? []
      : [{ pointer: '#/security_policy_uri', detail: 'must be an https URL' }]),
  ];
}

function isHttps(text: string): boolean {
  return (
    text.length <= 2048 && /^[\x21-\x7e]+$/.test(text) && URL.canParse(text) && new URL(text).protocol === 'https:'
  );
}
