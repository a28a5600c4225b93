/** One thing that a rule saw. */
export type Fact = string | number | boolean | readonly string[];

/** What a rule saw when it refused a request: never a secret, a code or a token. */
export interface Decision {
  /** The name of the rule, under which it is put into words. */
  readonly rule: string;
  /** Where the standard says it. */
  readonly clause: string;
  readonly clientId?: string | undefined;
  readonly facts: Readonly<Record<string, Fact>>;
}

const LONGEST = 300;

/** An address without what may be secret in it: credentials, query and fragment. */
export function plainAddress(address: string): string {
  return (address.split(/[?#]/)[0] ?? '').replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1').slice(0, LONGEST);
}

/** The place of the first character in which two texts differ, counted from one. */
export function differsAt(one: string, other: string): number {
  const [a, b] = [Array.from(one), Array.from(other)];
  const at = a.findIndex((character, index) => character !== b[index]);
  return (at === -1 ? a.length : at) + 1;
}
