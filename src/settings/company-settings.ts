/** Whether people prove who they are by a second factor: nobody may, whoever wants may, everybody must. */
export const SECOND_FACTOR_RULES = ['off', 'optional', 'required'] as const;

/** What administrators decide for the whole company at run time; what operators decide at start is the environment's. */
export interface CompanySettings {
  readonly secondFactor: (typeof SECOND_FACTOR_RULES)[number];
  /** The fewest characters of a password that somebody chooses and that is all they sign in with. */
  readonly passwordMinLength: number;
  /** The fewest where everybody must prove who they are by a second factor too. */
  readonly passwordMinLengthWithSecondFactor: number;
}

/** What holds until an administrator decides otherwise. */
export const DEFAULT_SETTINGS: CompanySettings = {
  secondFactor: 'optional',
  passwordMinLength: 15,
  passwordMinLengthWithSecondFactor: 8,
};
