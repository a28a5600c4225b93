const LONGEST_PERIOD = 16;
const FEWEST_DIFFERENT_BYTES = 16;
const SHORTEST_PASSWORD = 15;
const SHORTEST_CLIENT_SECRET = 32;
const FEWEST_DIFFERENT_CHARACTERS = 6;

// What people and examples use instead of a password, without digits and signs; longer words first.
const COMMON_WORDS = [
  'correcthorsebatterystaple abcdefghijklmnopqrstuvwxyz administrator qwertyuiop qwertzuiop',
  'asdfghjkl qazwsxedc iloveyou password passwort gatehouse football baseball sunshine princess superman abcdefgh',
  'changeme letmein welcome default example company zxcvbnm replace trustno dragon monkey master passwd secret geheim',
  'please change openid client signin sample qwerty qwertz azerty asdfgh zxcvbn qazwsx abcdef passw login oauth',
  'admin guest demo root user test temp pass this that your here pwd the abc',
].flatMap((line) => line.split(' '));

/** Whether a key was made up, copied from an example or typed, rather than drawn at random. */
export function isWeakKey(key: Buffer): boolean {
  const text = key.toString('base64url');
  const typed = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return typed || new Set(key).size < FEWEST_DIFFERENT_BYTES || isRegular([...key]) || isPeriodic(Array.from(text));
}

/** What is wrong with an administrator's password on a production issuer. */
export function passwordWeakness(password: string, email: string | undefined): string | undefined {
  if (Array.from(password).length < SHORTEST_PASSWORD) return `is shorter than ${SHORTEST_PASSWORD} characters`;
  const name = email?.split('@')[0]?.toLowerCase() ?? '';
  const rest = name.length > 2 ? password.toLowerCase().replaceAll(name, '') : password;
  return isCommon(rest) || isTooRegular(password) ? 'is a common or too simple password' : undefined;
}

/** What is wrong with a client secret that somebody chose, on a production issuer (RFC 6749 §10.10). */
export function clientSecretWeakness(secret: string): string | undefined {
  if (secret.length < SHORTEST_CLIENT_SECRET) return `is shorter than ${SHORTEST_CLIENT_SECRET} characters`;
  return isCommon(secret) || isTooRegular(secret) ? 'is too simple' : undefined;
}

function isCommon(text: string): boolean {
  const letters = text
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll(/[^a-z]/g, '');
  const rest = COMMON_WORDS.reduce((left, word) => left.replaceAll(word, ' '), letters).replaceAll(' ', '');
  return rest === '' && text.replaceAll(/[a-z]/gi, '').length < SHORTEST_PASSWORD;
}

function isTooRegular(text: string): boolean {
  const characters = Array.from(text);
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  return new Set(characters).size < FEWEST_DIFFERENT_CHARACTERS || isRegular(codes) || isPeriodic(characters);
}

// Each element lies the same step beside the one before it: 1, 2, 3 or a, a, a. A digit row may wrap from 9 to 0.
function isRegular(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  return new Set(steps.map((step) => (step === -9 ? 1 : step))).size === 1;
}

function isPeriodic(values: readonly unknown[]): boolean {
  for (let period = 1; period <= Math.min(LONGEST_PERIOD, values.length / 2); period++) {
    if (values.every((value, index) => index < period || value === values[index - period])) return true;
  }
  return false;
}
