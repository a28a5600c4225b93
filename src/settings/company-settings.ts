/** Whether people prove who they are by a second factor: nobody may, whoever wants may, everybody must. */
export const SECOND_FACTOR_RULES = ['off', 'optional', 'required'] as const;

/** What can be a second factor, the strongest first. */
export const SECOND_FACTOR_KINDS = ['passkey', 'totp', 'mail_code', 'recovery_codes'] as const;

/** Whether kinds of second factors are named and none of them is one by itself: recovery codes stand in for another. */
export function noneStandsAlone(kinds?: readonly (typeof SECOND_FACTOR_KINDS)[number][] | null): boolean {
  return kinds?.some((kind) => kind !== 'recovery_codes') === false;
}

/** Who may end accounts: administrators alone, or also their users. */
export const ACCOUNT_DELETIONS = ['off', 'self-service'] as const;

/** What becomes of access that nobody uses: nothing, users are shown it, or it is removed after they were told. */
export const UNUSED_ACCESS_CHOICES = ['off', 'propose', 'remove'] as const;

/** What a group or a client may say of second factors; the strictest word holds, and what is not said is left to the others. */
export interface SecondFactorChoice {
  readonly secondFactor?: (typeof SECOND_FACTOR_RULES)[number] | undefined;
  readonly secondFactorKinds?: readonly (typeof SECOND_FACTOR_KINDS)[number][] | undefined;
}

/** The standard claims that users may be let to edit by themselves (OIDC Core §5.1); whether something is verified is none. */
export const EDITABLE_CLAIMS = [
  ...(['name', 'given_name', 'family_name', 'nickname', 'picture'] as const),
  ...(['phone_number', 'website', 'zoneinfo', 'locale'] as const),
];

/** One of them. */
export type EditableClaim = (typeof EDITABLE_CLAIMS)[number];

/** What administrators decide for the whole company at run time; what operators decide at start is the environment's. */
export interface CompanySettings {
  readonly secondFactor: (typeof SECOND_FACTOR_RULES)[number];
  /** Which kinds of second factors will do. */
  readonly secondFactorKinds: readonly (typeof SECOND_FACTOR_KINDS)[number][];
  /** For how many days a browser may be remembered, so that it is not asked for a second factor; 0 for never. */
  readonly rememberBrowserDays: number;
  /** The fewest characters of a password that somebody chooses and that is all they sign in with. */
  readonly passwordMinLength: number;
  /** Whether nobody gets in whose e-mail address is not confirmed. */
  readonly verifyEmail: boolean;
  /** Whether people are written to when somebody signs in with a browser that they have not used before. */
  readonly noticeNewDevice: boolean;
  /** How long an invitation can be accepted. */
  readonly invitationDays: number;
  /** The version of the terms that everybody must have accepted; empty while there are none. */
  readonly termsVersion: string;
  /** Where people tell of weaknesses they found: an https, mailto or tel URI; empty while there is nowhere (RFC 9116 §2.5.3). */
  readonly securityContact: string;
  /** Where it can be read what becomes of that (RFC 9116 §2.5.7). */
  readonly securityPolicyUri: string;
  /** Where the terms can be read. */
  readonly termsUri: string;
  /** The fewest where everybody must prove who they are by a second factor too. */
  readonly passwordMinLengthWithSecondFactor: number;
  /** What of their profile users may change by themselves. */
  readonly editableClaims: readonly EditableClaim[];
  /** Whether users may delete their accounts by themselves. */
  readonly accountDeletion: (typeof ACCOUNT_DELETIONS)[number];
  /** Whether sensitive changes of clients, and the end of this rule, need two people. */
  readonly fourEyes: boolean;
  /** What becomes of what users allowed applications and nobody uses. */
  readonly unusedAccess: (typeof UNUSED_ACCESS_CHOICES)[number];
  /** For how many days it must not have been used. */
  readonly unusedAccessDays: number;
  /** How many days before it is removed users are told. */
  readonly unusedAccessNoticeDays: number;
}

/** What holds until an administrator decides otherwise. */
export const DEFAULT_SETTINGS: CompanySettings = {
  secondFactor: 'optional',
  secondFactorKinds: SECOND_FACTOR_KINDS,
  rememberBrowserDays: 30,
  verifyEmail: false,
  noticeNewDevice: true,
  invitationDays: 7,
  termsVersion: '',
  termsUri: '',
  securityContact: '',
  securityPolicyUri: '',
  passwordMinLength: 15,
  passwordMinLengthWithSecondFactor: 8,
  editableClaims: EDITABLE_CLAIMS,
  accountDeletion: 'off',
  fourEyes: false,
  unusedAccess: 'propose',
  unusedAccessDays: 180,
  unusedAccessNoticeDays: 14,
};
