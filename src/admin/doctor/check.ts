/** What a check found out; a red line always says what to do. */
export type Judgement =
  | { readonly verdict: 'green' | 'note'; readonly says: string }
  | { readonly verdict: 'red'; readonly says: string; readonly remedy: string };

/** One question about a deployment. */
export interface Check {
  readonly name: string;
  /** The checks that must not be red for this one to mean anything. */
  readonly needs: readonly string[];
  examine(): Promise<Judgement>;
}

/** One line of the doctor's report. */
export interface Finding {
  readonly check: string;
  readonly verdict: 'green' | 'note' | 'red' | 'skipped';
  readonly says: string;
  readonly remedy?: string;
}

/** All is well. */
export function green(says: string): Judgement {
  return { verdict: 'green', says };
}

/** Nothing is wrong, but the operator should know. */
export function note(says: string): Judgement {
  return { verdict: 'note', says };
}

/** Something is wrong, and this is what to do. */
export function red(says: string, remedy: string): Judgement {
  return { verdict: 'red', says, remedy };
}
