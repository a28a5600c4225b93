/** Which of what was issued: everything that all the members fit that are there. */
export interface IssuedSelection {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly sessionId?: string | undefined;
  /** Not before. */
  readonly since?: Date | undefined;
  /** Not after. */
  readonly until: Date;
}
