import { RecordsEnvironment } from './records-environment.dto.js';
import { read, Readable, type Reading, unreadable, variablesOf } from './environment-variable.decorator.js';
import { PasswordSettings } from './password-settings.js';
import { readNumber } from './readers.js';

const Passwords = variablesOf('Passwords');

// OWASP's and our floor (RFC 9106 §4): less can be guessed too fast. The most is what a machine can spare for two at once.
const MEMORY_KIB = { least: 19_456, most: 1_048_576 };
const PASSES = { least: 2, most: 16 };

/** What the environment says about passwords. */
export class PasswordEnvironment extends RecordsEnvironment {
  @Passwords(
    'The memory in KiB that the hash of one password takes (argon2id); passwords are hashed anew at the next sign-in when it has changed.',
    `a number from ${MEMORY_KIB.least} to ${MEMORY_KIB.most}`,
    { fallback: String(MEMORY_KIB.least) },
  )
  @Readable(readNumber(MEMORY_KIB.least, MEMORY_KIB.most))
  PASSWORD_HASH_MEMORY_KIB?: string;

  @Passwords(
    'How often the hash of one password passes over its memory (argon2id); passwords are hashed anew at the next sign-in when it has changed.',
    `a number from ${PASSES.least} to ${PASSES.most}`,
    { fallback: String(PASSES.least) },
  )
  @Readable(readNumber(PASSES.least, PASSES.most))
  PASSWORD_HASH_PASSES?: string;

  @Passwords(
    'Where to ask whether a chosen password has leaked: the first five characters of its SHA-1 digest are put behind it, and nothing else leaves. Passwords are accepted when it does not answer.',
    'an https URL that ends with a slash, of a service that answers like the range API of Pwned Passwords',
    { example: 'https://api.pwnedpasswords.com/range/' },
  )
  @Readable(readRangeUrl)
  LEAKED_PASSWORDS_URL?: string;
}

/** Reads what the environment says about passwords; every value was found right before. */
export function passwordsOf(environment: PasswordEnvironment): PasswordSettings {
  const { PASSWORD_HASH_MEMORY_KIB: memory, PASSWORD_HASH_PASSES: passes, LEAKED_PASSWORDS_URL: url } = environment;
  return new PasswordSettings({
    hashMemoryKib: Number(memory ?? MEMORY_KIB.least),
    hashPasses: Number(passes ?? PASSES.least),
    ...(url === undefined ? {} : { leakedPasswordsUrl: url }),
  });
}

function readRangeUrl(text: string): Reading<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable = url !== undefined && ['https:', 'http:'].includes(url.protocol) && url.username === '';
  return usable && text.endsWith('/') && url.search === '' && url.hash === ''
    ? read(text)
    : unreadable('is not an https URL that ends with a slash');
}
