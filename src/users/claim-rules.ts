import { ADDRESS_MEMBERS, TEXT_CLAIMS, type StandardClaims } from './standard-claims.js';
import { isEmailAddress } from './username.js';

/** One fault of a user or group, with the place of it as a JSON pointer. */
export interface UserProblem {
  readonly pointer: string;
  readonly detail: string;
}

type TextClaim = keyof typeof TEXT_CLAIMS;

const LONGEST_ADDRESS = 1000;
const FORMATS: { readonly [Claim in TextClaim]?: readonly [(value: string) => boolean, string] } = {
  email: [isEmailAddress, 'must be an e-mail address'],
  profile: [isWebAddress, 'must be an http or https URL'],
  picture: [isWebAddress, 'must be an http or https URL'],
  website: [isWebAddress, 'must be an http or https URL'],
  birthdate: [isBirthdate, 'must be YYYY-MM-DD, YYYY, or 0000-MM-DD without the year'],
  zoneinfo: [isTimeZone, 'must be a time zone such as Europe/Paris'],
  locale: [isLocale, 'must be a language tag such as en-US'],
  phone_number: [isPhoneNumber, 'must be a telephone number such as +1 604 555 1234'],
};

/** Says everything that is wrong with the standard claims of a user (OIDC Core §5.1). */
export function claimProblems(claims: StandardClaims): UserProblem[] {
  const texts = Object.keys(TEXT_CLAIMS) as TextClaim[];
  return [
    ...texts.flatMap((claim) => problem(`#/${claim}`, textProblem(claim, claims[claim]))),
    ...addressProblems(claims),
    ...verificationProblems(claims),
  ];
}

function textProblem(claim: TextClaim, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const longest = TEXT_CLAIMS[claim];
  if (value.trim() === '' || value.length > longest || /\p{Cc}/u.test(value)) {
    return `must be one line of 1 to ${longest} characters`;
  }
  const [fits, detail] = FORMATS[claim] ?? [];
  return fits === undefined || fits(value) ? undefined : detail;
}

// OIDC Core §5.1.1: lines of an address may be separated.
function addressProblems({ address }: StandardClaims): UserProblem[] {
  if (address === undefined) return [];
  const present = ADDRESS_MEMBERS.filter((member) => address[member] !== undefined);
  if (present.length === 0) return problem('#/address', 'must have at least one member');
  return present.flatMap((member) => {
    const text = address[member] ?? '';
    const fits = text.trim() !== '' && text.length <= LONGEST_ADDRESS && !/[^\P{Cc}\r\n]/u.test(text);
    return fits ? [] : problem(`#/address/${member}`, `must be text of 1 to ${LONGEST_ADDRESS} characters`);
  });
}

function verificationProblems(claims: StandardClaims): UserProblem[] {
  return [
    ...(claims.email_verified === true && claims.email === undefined
      ? problem('#/email_verified', 'needs an email')
      : []),
    ...(claims.phone_number_verified === true && claims.phone_number === undefined
      ? problem('#/phone_number_verified', 'needs a phone_number')
      : []),
  ];
}

function problem(pointer: string, detail: string | undefined): UserProblem[] {
  return detail === undefined ? [] : [{ pointer, detail }];
}

/** Tells whether a text is the address of a web page. */
export function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s\\]+$/i.test(value) && URL.canParse(value);
}

// OIDC Core §5.1: ISO 8601-1 with the year 0000 for "not said", or the year alone.
function isBirthdate(value: string): boolean {
  if (/^\d{4}$/.test(value)) return value !== '0000';
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  // Without a year, 29 February is a day.
  return isCalendarDay(`${year === '0000' ? '2000' : year}-${month}-${day}`);
}

/** Tells whether a text is a day that the calendar has, as YYYY-MM-DD. */
export function isCalendarDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9+\-_/]*$/.test(value)) return false;
  return succeeds(() => new Intl.DateTimeFormat('en', { timeZone: value }));
}

// OIDC Core §5.1: some write the tag with an underscore.
function isLocale(value: string): boolean {
  return succeeds(() => Intl.getCanonicalLocales(value.replaceAll('_', '-')));
}

// OIDC Core §5.1 recommends E.164 and RFC 3966 extensions; what people write down is a little wider.
function isPhoneNumber(value: string): boolean {
  const [, number] = /^(\+?[0-9 ().-]{3,40})(?:;ext=\d{1,10})?$/.exec(value) ?? [];
  const digits = number?.replace(/\D/g, '').length ?? 0;
  return digits >= 3 && digits <= 15;
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
