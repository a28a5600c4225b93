import type { UpstreamClaims } from '../presets/preset.js';

/** What a provider says at a place, given as names with a dot between them; only what it says itself is found. */
export function valueAt(claims: UpstreamClaims, path: string): unknown {
  // A name may have dots of its own, as those with a namespace do.
  if (Object.hasOwn(claims, path)) return claims[path];
  let value: unknown = claims;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as UpstreamClaims)[name];
  }
  return value;
}

/** The text at a place; numbers count as theirs where they are exact. */
export function textAt(claims: UpstreamClaims, path: string): string | undefined {
  const value = valueAt(claims, path);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The texts at a place: a list, or one. */
export function textsAt(claims: UpstreamClaims, path: string): readonly string[] {
  const value = valueAt(claims, path);
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === 'string');
}
