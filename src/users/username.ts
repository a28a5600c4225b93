const LONGEST_USERNAME = 255;
const LONGEST_EMAIL = 254;
const LONGEST_GROUP = 128;
const LONGEST_KEY = 255;

/** What cutting a text can leave at its end. */
const HALF_CHARACTER = /[\ud800-\udbff]$/;

/** The one form of a user name, e-mail address or group name: what looks the same becomes the same. */
export function canonicalName(name: string): string {
  // Lower-casing can undo a composition, hence the second round.
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** The form in which names are searched: canonical, and short enough for its column. */
export function searchText(text: string): string {
  return canonicalName(text).slice(0, LONGEST_KEY).replace(HALF_CHARACTER, '');
}

/** The canonical form of what somebody typed to sign in; undefined when no user can have such a name. */
export function typedName(typed: string): string | undefined {
  if (typed.length > 2 * LONGEST_USERNAME) return undefined;
  const name = canonicalName(typed.trim());
  return name === '' || name.length > LONGEST_KEY || name.includes('\0') ? undefined : name;
}

/** Says what is wrong with a user name; nothing when it can be used. */
export function usernameProblem(username: string): string | undefined {
  return nameProblem(username, LONGEST_USERNAME);
}

/** Says what is wrong with the name of a group; nothing when it can be used. */
export function groupNameProblem(name: string): string | undefined {
  return nameProblem(name, LONGEST_GROUP);
}

/** Tells whether a text can be an e-mail address: one name, one @, one domain (RFC 5321 §4.5.3.1). */
export function isEmailAddress(text: string): boolean {
  if (text.length > LONGEST_EMAIL || canonicalName(text).length > LONGEST_KEY) return false;
  return /^[^\s@\p{C}"(),:;<>[\]\\]{1,64}@[^\s@\p{C}"(),:;<>[\]\\.]+(?:\.[^\s@\p{C}"(),:;<>[\]\\.]+)*$/u.test(text);
}

function nameProblem(name: string, longest: number): string | undefined {
  if (name === '' || name.length > longest) return `must have 1 to ${longest} characters`;
  if (name.trim() !== name) return 'must not begin or end with a space';
  if (/\p{C}/u.test(name)) return 'must not have control or invisible characters';
  const key = canonicalName(name);
  return key === '' || key.trim() !== key || key.length > LONGEST_KEY ? 'has no usable plain form' : undefined;
}
