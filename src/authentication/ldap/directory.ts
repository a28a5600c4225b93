/** Kinds of directories, which decide what is not said. */
export const DIRECTORY_PRESETS = ['openldap', 'active-directory'] as const;

/** Which attribute of an entry holds what. */
export interface DirectoryAttributes {
  /** What stays when somebody is renamed. */
  readonly id: string;
  readonly username: string;
  /** The attribute of each claim, by the name of the claim (OIDC Core §5.1). */
  readonly claims: Readonly<Record<string, string>>;
}

/** Everything about a directory that is no secret. */
export interface DirectoryChoices {
  readonly name: string;
  readonly preset: (typeof DIRECTORY_PRESETS)[number];
  readonly enabled: boolean;
  /** Tried in their order until one answers. */
  readonly urls: readonly string[];
  readonly startTls: boolean;
  /** Certificates trusted instead of the system's, as PEM. */
  readonly ca?: string | undefined;
  /** Who searches; nobody binds anonymously unless this is missing. */
  readonly bindDn?: string | undefined;
  readonly baseDn: string;
  /** Finds the entry of a name, which stands in it as `{login}`. */
  readonly userFilter: string;
  readonly attributes: DirectoryAttributes;
  /** Whether e-mail addresses in the directory are known to be their owners'. */
  readonly emailVerified: boolean;
  /** The names of our groups by the DN of the groups there. */
  readonly groups: Readonly<Record<string, string>>;
  /** Where groups are searched by their members; without it entries say themselves (`memberOf`). */
  readonly groupBaseDn?: string | undefined;
  readonly groupFilter: string;
}

/** An LDAP directory from which people come (RFC 4511). */
export interface Directory extends DirectoryChoices {
  readonly id: string;
  readonly hasBindPassword: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The place of the name in a filter. */
export const LOGIN = '{login}';
/** The place of the DN of the member in a filter. */
export const MEMBER = '{dn}';

type PresetDefaults = Pick<DirectoryChoices, 'userFilter' | 'attributes'>;

const PEOPLE = { name: 'cn', given_name: 'givenName', family_name: 'sn', email: 'mail' };

/** What holds for a kind of directory unless an administrator says otherwise. */
export const PRESET_DEFAULTS: Readonly<Record<DirectoryChoices['preset'], PresetDefaults>> = {
  openldap: {
    userFilter: `(&(objectClass=person)(|(uid=${LOGIN})(mail=${LOGIN})))`,
    attributes: { id: 'entryUUID', username: 'uid', claims: PEOPLE },
  },
  'active-directory': {
    userFilter: `(&(objectClass=user)(|(sAMAccountName=${LOGIN})(userPrincipalName=${LOGIN})(mail=${LOGIN})))`,
    attributes: { id: 'objectGUID', username: 'sAMAccountName', claims: { ...PEOPLE, name: 'displayName' } },
  },
};

/** How groups are found by their members unless an administrator says otherwise. */
export const GROUP_FILTER = `(|(member=${MEMBER})(uniqueMember=${MEMBER}))`;
