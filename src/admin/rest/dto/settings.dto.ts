import {
  ACCOUNT_DELETIONS,
  EDITABLE_CLAIMS,
  SECOND_FACTOR_KINDS,
  SECOND_FACTOR_RULES,
  UNUSED_ACCESS_CHOICES,
  type CompanySettings,
  type ReadSettings,
} from '#settings/index.js';
import {
  ChoiceMember,
  FlagMember,
  NumberMember,
  TextListMember,
  TextMember,
  type Plain,
} from '../member.decorators.js';
import { camelMembers, camelName, snakeMembers } from '../wire-names.js';
import { UpdatedAt } from './stamps.dto.js';

/** What administrators decide for the whole company; a member that is taken away has its default again. */
export class SettingsMembers {
  @ChoiceMember(SECOND_FACTOR_RULES, {
    about: 'Whether people prove who they are by a second factor: nobody may, whoever wants may, or everybody must.',
    default: 'optional',
  })
  second_factor?: CompanySettings['secondFactor'];

  @TextListMember({
    about: 'Which kinds of second factors will do; all of them unless said otherwise.',
    values: SECOND_FACTOR_KINDS,
  })
  second_factor_kinds?: CompanySettings['secondFactorKinds'];

  @NumberMember({
    about:
      'For how many days a user may have a browser remembered, so that it is not asked for a second factor; 0 for never. ' +
      'A client that demands a second factor gets one all the same.',
    schema: { minimum: 0, maximum: 365, default: 30 },
  })
  remember_browser_days?: number;

  @NumberMember({
    about:
      'The fewest characters of a password that somebody chooses, where the password is all that they must sign in with. ' +
      'What an administrator hands out has at least 8.',
    schema: { minimum: 8, maximum: 64, default: 15 },
  })
  password_min_length?: number;

  @FlagMember({ about: 'Whether nobody gets in whose e-mail address is not confirmed.', default: false })
  verify_email?: boolean;

  @FlagMember({ about: 'Whether people get a mail when a browser signs in that is new to them.', default: true })
  notice_new_device?: boolean;

  @NumberMember({
    about: 'For how many days an invitation can be accepted.',
    schema: { minimum: 1, maximum: 90, default: 7 },
  })
  invitation_days?: number;

  @TextMember({
    about:
      'The version of the terms that everybody must have accepted; a new one asks everybody anew, an empty one nobody.',
    schema: { maxLength: 64, default: '' },
  })
  terms_version?: string;

  @TextMember({
    about: 'Where people tell of weaknesses they found: an https, mailto or tel URI, published in security.txt.',
    schema: { maxLength: 2048, default: '' },
  })
  security_contact?: string;

  @TextMember({ about: 'Where it can be read what becomes of that.', schema: { maxLength: 2048, default: '' } })
  security_policy_uri?: string;

  @TextMember({ about: 'Where the terms can be read, an https URL.', schema: { maxLength: 2048, default: '' } })
  terms_uri?: string;
  @NumberMember({
    about: 'The fewest characters of a password that somebody chooses, where second_factor is required.',
    schema: { minimum: 8, maximum: 64, default: 8 },
  })
  password_min_length_with_second_factor?: number;

  @TextListMember({ about: 'What of their profile users may change by themselves.', values: EDITABLE_CLAIMS })
  editable_claims?: CompanySettings['editableClaims'];

  @ChoiceMember(ACCOUNT_DELETIONS, {
    about: 'Whether users may delete their accounts by themselves; the last active administrator never may.',
    default: 'off',
  })
  account_deletion?: CompanySettings['accountDeletion'];

  @FlagMember({
    about:
      'Whether sensitive changes of clients wait until a second person approves them, as does the end of this rule.',
    default: false,
  })
  four_eyes?: boolean;

  @ChoiceMember(UNUSED_ACCESS_CHOICES, {
    about:
      'What becomes of what users allowed applications and nobody uses: nothing, they are shown it, or it is removed ' +
      'after they were told by mail. What the company allows stays; so does what nobody could be told of.',
    default: 'propose',
  })
  unused_access?: CompanySettings['unusedAccess'];

  @NumberMember({
    about: 'For how many days it must not have been used; what was never used counts from when it was allowed.',
    schema: { minimum: 7, maximum: 3650, default: 180 },
  })
  unused_access_days?: number;

  @NumberMember({
    about: 'How many days before it is removed users are told.',
    schema: { minimum: 1, maximum: 90, default: 14 },
  })
  unused_access_notice_days?: number;
}

/** The settings as they are answered. */
export class SettingsAnswer extends SettingsMembers {
  @UpdatedAt()
  updated_at!: string;
}

/** The members of the settings that only the service sets. */
export const FIXED_SETTINGS_MEMBERS = { fixed: ['updated_at'] };

/** Reads a message as the settings that it decides. */
export function settingsInput(message: Plain<SettingsMembers>): Partial<CompanySettings> {
  return camelMembers({ ...message });
}

/** The settings that members of the wire stand for. */
export function settingNames(members: readonly string[]): (keyof CompanySettings)[] {
  return members.map((member) => camelName(member) as keyof CompanySettings);
}

/** The settings as they are answered. */
export function settingsAnswer({ settings, updatedAt }: ReadSettings): Plain<SettingsAnswer> {
  return { ...snakeMembers(settings), updated_at: updatedAt.toISOString() };
}
