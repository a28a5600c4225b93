import { sha256 } from '#platform/crypto/index.js';
import { isJsonObject } from '../merge-patch.js';

/** A value as JSON with the members of every object in one order, so that equal values are equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    isJsonObject(member) ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member,
  );
}

/** The strong entity tag of a representation: another one for each difference of what is answered (RFC 9110 §8.8.3). */
export function entityTag(representation: object): string {
  return `"${sha256(canonicalJson(representation))}"`;
}
