import { FilterParser } from 'ldapts';

/** A value as it stands in a filter, where it can mean nothing else (RFC 4515 §3). */
export function escaped(value: string): string {
  return value.replace(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Bytes as they stand in a filter (RFC 4515 §3). */
export function escapedBytes(bytes: Buffer): string {
  return [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}

/** A filter with a value in its place. */
export function filled(filter: string, place: string, value: string): string {
  return filter.replaceAll(place, () => escaped(value));
}

/** Whether a filter that has the place is one (RFC 4515 §3). */
export function isFilter(filter: string, place: string): boolean {
  if (!filter.includes(place)) return false;
  try {
    FilterParser.parseString(filled(filter, place, 'somebody'));
    return true;
  } catch {
    return false;
  }
}
