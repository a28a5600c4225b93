/** The longest password that is accepted; a longer one is refused before any work is spent on it. */
export const MAX_PASSWORD_LENGTH = 128;

/** What is wrong with a chosen password. */
export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'too-similar' | 'leaked';

/** Names that a password must not simply repeat. */
export interface PasswordOwner {
  readonly username: string;
  readonly email?: string | undefined;
}

/** What a password is held against. */
export interface PasswordBounds {
  /** The fewest characters. */
  readonly least: number;
  /** What most people choose, in lower case. */
  readonly common: ReadonlySet<string>;
}

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv'];

/** The one form in which a password is hashed and compared (NFKC, once). */
export function canonicalPassword(typed: string): string {
  return typed.normalize('NFKC');
}

/** Whether a password is too long to be worth any work; in characters as people count them. */
export function isTooLong(typed: string): boolean {
  return typed.length > MAX_PASSWORD_LENGTH * 4 || characters(canonicalPassword(typed)) > MAX_PASSWORD_LENGTH;
}

/** Why a password may not be chosen, or nothing; there are no composition rules. */
export function passwordProblem(
  typed: string,
  owner: PasswordOwner,
  { least, common }: PasswordBounds,
): PasswordProblem | undefined {
  if (isTooLong(typed)) return 'too-long';
  const password = canonicalPassword(typed);
  if (characters(password) < least) return 'too-short';
  if (repeatsOwner(password, owner)) return 'too-similar';
  return isCommon(password, common) ? 'too-common' : undefined;
}

function repeatsOwner(password: string, { username, email }: PasswordOwner): boolean {
  const local = email?.slice(0, email.lastIndexOf('@'));
  return [username, email, local].some((name) => name !== undefined && folded(name) === folded(password));
}

/** What guessing tries first: one character again and again, a walk along the keyboard, a well-known password with digits. */
function isCommon(password: string, common: ReadonlySet<string>): boolean {
  const text = folded(password);
  if (common.has(text)) return true;
  if (new Set(text).size <= 2 || ROWS.some((row) => walksAlong(row, text))) return true;
  const word = /^\d*([^\d].*?)[\d!.?]*$/.exec(text)?.[1];
  return word !== undefined && (common.has(word) || common.has(halfOf(word)));
}

/** What is written twice in a text; a text that nobody knows when it is no such thing. */
function halfOf(text: string): string {
  const half = text.slice(0, text.length / 2);
  return half + half === text ? half : '';
}

/** Whether a text is a piece of a row, or of the row read backwards, also when it starts over at the end. */
function walksAlong(row: string, text: string): boolean {
  const backwards = Array.from(row).reverse().join('');
  const turns = Math.ceil(text.length / row.length) + 1;
  return [row, backwards].some((line) => line.repeat(turns).includes(text));
}

/** The number of characters as Unicode counts them, so that an emoji is one. */
function characters(text: string): number {
  return Array.from(text).length;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
