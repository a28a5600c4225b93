import {
  DIRECTORY_PRESETS,
  GROUP_FILTER,
  PRESET_DEFAULTS,
  type Directory,
  type DirectoryChoices,
} from '#authentication/index.js';
import { ChoiceMember, FlagMember, MapMember, TextListMember, TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

const texts = { additionalProperties: { type: 'string' } };
const dn = { maxLength: 1024 };

/** An LDAP directory to add. */
export class NewDirectory {
  @TextMember({ about: 'What it is called in the log and here.', required: true, schema: { maxLength: 128 } })
  name!: string;

  @ChoiceMember(DIRECTORY_PRESETS, {
    about: 'The kind of directory, which decides what is not said.',
    default: 'openldap',
  })
  preset?: DirectoryChoices['preset'];

  @FlagMember({ about: 'Whether people sign in by it.', default: true })
  enabled?: boolean;

  @TextListMember({
    about: 'Its servers, as ldaps://directory.example.com, tried in this order; private ones need OUTBOUND_ALLOW.',
    required: true,
  })
  urls!: readonly string[];

  @FlagMember({ about: 'Whether connections to ldap:// become TLS before anything is said.', default: false })
  start_tls?: boolean;

  @TextMember({ about: 'Certificates trusted instead of those of the system, as PEM.', schema: { maxLength: 32_768 } })
  ca?: string;

  @TextMember({ about: 'Who searches; without it nobody is bound for that.', schema: dn })
  bind_dn?: string;

  @TextMember({
    about: 'The password of whoever searches; never answered.',
    writeOnly: true,
    schema: { maxLength: 1024 },
  })
  bind_password?: string;

  @TextMember({ about: 'Where people are searched, with all below it.', required: true, schema: dn })
  base_dn!: string;

  @TextMember({ about: 'Finds somebody by what they typed, which stands in it as {login} (RFC 4515).', schema: dn })
  user_filter?: string;

  @TextMember({ about: 'The attribute that stays when somebody is renamed, such as entryUUID or objectGUID.' })
  id_attribute?: string;

  @TextMember({ about: 'The attribute of the user name.' })
  username_attribute?: string;

  @MapMember({ about: 'The attribute of each claim, by the name of the claim.', schema: texts })
  claims?: Readonly<Record<string, string>>;

  @FlagMember({ about: 'Whether its e-mail addresses are known to be their owners\u2019.', default: true })
  email_verified?: boolean;

  @MapMember({
    about: 'The names of groups here by the DN of groups there, for whose members they are.',
    schema: texts,
  })
  group_mapping?: Readonly<Record<string, string>>;

  @TextMember({
    about: 'Where groups are searched by their members; without it memberOf of the entry counts.',
    schema: dn,
  })
  group_base_dn?: string;

  @TextMember({ about: 'Finds the groups of a member, whose DN stands in it as {dn} (RFC 4515).', schema: dn })
  group_filter?: string;
}

/** A directory as it is answered. */
export class DirectoryAnswer extends NewDirectory {
  @TextMember({ about: 'The id of the directory.', required: true, readOnly: true })
  id!: string;

  @FlagMember({ about: 'Whether there is a password of whoever searches.', required: true, readOnly: true })
  has_bind_password!: boolean;

  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of a directory that only the service sets. */
export const FIXED_DIRECTORY_MEMBERS = { fixed: ['id', 'has_bind_password', ...STAMP_MEMBERS] };

/** Reads a message as what it decides about a directory, the password aside. */
export function directoryChoices(message: Plain<NewDirectory>): DirectoryChoices {
  const { name, preset = 'openldap', urls, ca, bind_dn: bindDn, base_dn: baseDn, group_base_dn: groupBaseDn } = message;
  return { name, preset, ca, bindDn, baseDn, groupBaseDn, urls: textList(urls), ...defaulted(message, preset) };
}

function defaulted(message: Plain<NewDirectory>, preset: DirectoryChoices['preset']) {
  const defaults = PRESET_DEFAULTS[preset];
  return {
    enabled: message.enabled ?? true,
    startTls: message.start_tls ?? false,
    userFilter: message.user_filter ?? defaults.userFilter,
    attributes: attributesOf(message, preset),
    emailVerified: message.email_verified ?? true,
    groups: message.group_mapping ?? {},
    groupFilter: message.group_filter ?? GROUP_FILTER,
  };
}

function attributesOf(
  message: Plain<NewDirectory>,
  preset: DirectoryChoices['preset'],
): DirectoryChoices['attributes'] {
  const { attributes } = PRESET_DEFAULTS[preset];
  return {
    id: message.id_attribute ?? attributes.id,
    username: message.username_attribute ?? attributes.username,
    claims: message.claims ?? attributes.claims,
  };
}

// What is not well-formed is an empty text by now.
function textList(urls: unknown): readonly string[] {
  return Array.isArray(urls) ? urls.map(String) : [];
}

/** A directory as it is answered. */
export function directoryAnswer(directory: Directory): Plain<DirectoryAnswer> {
  const { id, name, preset, enabled, urls, startTls, ca, bindDn, baseDn, userFilter, attributes } = directory;
  const { emailVerified, groups, groupBaseDn, groupFilter, hasBindPassword } = directory;
  return {
    id,
    name,
    preset,
    enabled,
    urls,
    start_tls: startTls,
    ...(ca !== undefined && { ca }),
    ...(bindDn !== undefined && { bind_dn: bindDn }),
    has_bind_password: hasBindPassword,
    base_dn: baseDn,
    user_filter: userFilter,
    id_attribute: attributes.id,
    username_attribute: attributes.username,
    claims: attributes.claims,
    email_verified: emailVerified,
    group_mapping: groups,
    ...(groupBaseDn !== undefined && { group_base_dn: groupBaseDn }),
    group_filter: groupFilter,
    ...stampsOf(directory),
  };
}
