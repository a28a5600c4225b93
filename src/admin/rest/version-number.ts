/** The number that a part of an address or a parameter names a version by; undefined when it is none. */
export function versionNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
