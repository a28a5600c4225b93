/** Whether people prove who they are by a second factor: nobody may, whoever wants may, everybody must. */
export const SECOND_FACTOR_RULES = ['off', 'optional', 'required'] as const;

/** What can be a second factor, the strongest first. */
export const SECOND_FACTOR_KINDS = ['passkey', 'totp', 'mail_code', 'recovery_codes'] as const;

/** What a group or a client may say of second factors; the strictest word holds, and what is not said is left to the others. */
export interface SecondFactorChoice {
  readonly secondFactor?: (typeof SECOND_FACTOR_RULES)[number] | undefined;
  readonly secondFactorKinds?: readonly (typeof SECOND_FACTOR_KINDS)[number][] | undefined;
}

/** What administrators decide for the whole company at run time; what operators decide at start is the environment's. */
export interface CompanySettings {
  readonly secondFactor: (typeof SECOND_FACTOR_RULES)[number];
  /** Which kinds of second factors will do. */
  readonly secondFactorKinds: readonly (typeof SECOND_FACTOR_KINDS)[number][];
  /** For how many days a browser may be remembered, so that it is not asked for a second factor; 0 for never. */
  readonly rememberBrowserDays: number;
  /** The fewest characters of a password that somebody chooses and that is all they sign in with. */
  readonly passwordMinLength: number;
  /** The fewest where everybody must prove who they are by a second factor too. */
  readonly passwordMinLengthWithSecondFactor: number;
}

/** What holds until an administrator decides otherwise. */
export const DEFAULT_SETTINGS: CompanySettings = {
  secondFactor: 'optional',
  secondFactorKinds: SECOND_FACTOR_KINDS,
  rememberBrowserDays: 30,
  passwordMinLength: 15,
  passwordMinLengthWithSecondFactor: 8,
};
