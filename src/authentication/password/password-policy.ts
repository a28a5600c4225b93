/** The shortest password that may be chosen. */
export const MIN_PASSWORD_LENGTH = 8;

/** The longest password that is accepted; a longer one is refused before any work is spent on it. */
export const MAX_PASSWORD_LENGTH = 128;

/** What is wrong with a chosen password. */
export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'too-similar';

/** Names that a password must not simply repeat. */
export interface PasswordOwner {
  readonly username: string;
  readonly email?: string | undefined;
}

const WORDS = [
  'abc',
  'admin',
  'administrator',
  'baseball',
  'changeme',
  'dragon',
  'football',
  'gatehouse',
  'iloveyou',
  'letmein',
  'login',
  'master',
  'monkey',
  'passw0rd',
  'password',
  'princess',
  'qwerty',
  'secret',
  'sunshine',
  'superman',
  'test',
  'welcome',
];
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
export function passwordProblem(typed: string, owner: PasswordOwner): PasswordProblem | undefined {
  if (isTooLong(typed)) return 'too-long';
  const password = canonicalPassword(typed);
  if (characters(password) < MIN_PASSWORD_LENGTH) return 'too-short';
  if (repeatsOwner(password, owner)) return 'too-similar';
  return isCommon(password) ? 'too-common' : undefined;
}

function repeatsOwner(password: string, { username, email }: PasswordOwner): boolean {
  const local = email?.slice(0, email.lastIndexOf('@'));
  return [username, email, local].some((name) => name !== undefined && folded(name) === folded(password));
}

/** What guessing tries first: one character again and again, a walk along the keyboard, a well-known word with digits. */
function isCommon(password: string): boolean {
  const text = folded(password);
  if (new Set(text).size <= 2 || ROWS.some((row) => walksAlong(row, text))) return true;
  const word = /^\d*([^\d].*?)[\d!.?]*$/.exec(text)?.[1];
  return word !== undefined && WORDS.some((known) => word === known || word === known + known);
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
