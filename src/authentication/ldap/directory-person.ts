import type { Entry } from 'ldapts';
import type { StandardClaims } from '#users/index.js';
import type { Directory } from './directory.js';

/** Somebody as a directory knows them. */
export interface DirectoryPerson {
  readonly dn: string;
  /** What stays when they are renamed. */
  readonly stableId: string;
  readonly username: string;
  readonly claims: StandardClaims;
  readonly disabled: boolean;
  /** The DNs of the groups that the entry itself names. */
  readonly memberOf: readonly string[];
}

/** Attributes whose values are bytes. */
export const BINARY_ATTRIBUTES = ['objectGUID', 'objectSid'];
/** ADS_UF_ACCOUNTDISABLE of Active Directory. */
const ACCOUNT_DISABLED = 0x2;

/** Attributes that are read of an entry. */
export function wantedAttributes({ attributes }: Directory): string[] {
  const { id, username, claims } = attributes;
  return [...new Set([id, username, ...Object.values(claims), 'memberOf', 'userAccountControl', 'nsAccountLock'])];
}

/** Reads an entry as the person it is about; undefined when it says neither who that is nor what they are called. */
export function personFrom(entry: Entry, directory: Directory): DirectoryPerson | undefined {
  const { attributes, emailVerified } = directory;
  const [stableId, username] = [idIn(entry, attributes.id), textIn(entry, attributes.username)];
  if (stableId === undefined || username === undefined) return undefined;
  const claims = Object.entries(attributes.claims).flatMap(([claim, attribute]) => {
    const text = textIn(entry, attribute);
    return text === undefined ? [] : [[claim, text] as const];
  });
  const known = Object.fromEntries(claims) as StandardClaims;
  return {
    dn: entry.dn,
    stableId,
    username,
    claims: known.email === undefined ? known : { ...known, email_verified: emailVerified },
    disabled: isDisabled(entry),
    memberOf: textsIn(entry, 'memberOf'),
  };
}

function isDisabled(entry: Entry): boolean {
  const control = Number(textIn(entry, 'userAccountControl') ?? '0');
  return (control & ACCOUNT_DISABLED) !== 0 || textIn(entry, 'nsAccountLock')?.toLowerCase() === 'true';
}

function idIn(entry: Entry, attribute: string): string | undefined {
  const [value] = valuesIn(entry, attribute);
  if (value === undefined || value.length === 0) return undefined;
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}

function textIn(entry: Entry, attribute: string): string | undefined {
  return textsIn(entry, attribute)[0];
}

function textsIn(entry: Entry, attribute: string): string[] {
  const texts = valuesIn(entry, attribute).map((value) => value.toString('utf8').trim());
  return texts.filter((text) => text !== '');
}

// RFC 4512 §2.5: names of attributes are alike whatever their case, and servers answer in their own.
function valuesIn(entry: Entry, attribute: string): (Buffer | string)[] {
  const wanted = attribute.toLowerCase();
  const [, value] = Object.entries(entry).find(([name]) => name.toLowerCase() === wanted) ?? [];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
