const PLACEHOLDER = 'https://own.invalid';
const LONGEST = 2048;

/**
 * One of our own paths that a sign-in may lead to, in its normal form; undefined for anything else, as we are nobody's
 * redirector (RFC 9700 §4.11: a single `/` at the start, never `//` or `/\`).
 */
export function ownPath(value: string | undefined, basePath: string): string | undefined {
  if (value === undefined || value.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(value)) return undefined;
  if (value.includes('\\') || !URL.canParse(value, PLACEHOLDER)) return undefined;
  const { origin, pathname, search } = new URL(value, PLACEHOLDER);
  if (origin !== PLACEHOLDER || pathname.startsWith('//')) return undefined;
  return pathname === basePath || pathname.startsWith(`${basePath}/`) ? pathname + search : undefined;
}
