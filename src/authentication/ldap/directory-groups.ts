/** The one form of a DN in which it is compared: letters' case and space around signs mean nothing (RFC 4517 §4.2.15). */
export function comparableDn(dn: string): string {
  return dn
    .trim()
    .replace(/\s*([,=+])\s*/g, '$1')
    .toLowerCase();
}

/**
 * The groups somebody is to be in here: of those that the directory decides the ones it says, and those that it does
 * not decide as they are.
 */
export function groupsHere(
  mapping: Readonly<Record<string, string>>,
  there: readonly string[],
  present: readonly string[],
): string[] {
  const dns = new Set(there.map(comparableDn));
  const entries = Object.entries(mapping);
  const said = entries.filter(([dn]) => dns.has(comparableDn(dn))).map(([, name]) => name);
  const decided = new Set(entries.map(([, name]) => name.toLowerCase()));
  return [...new Set([...present.filter((name) => !decided.has(name.toLowerCase())), ...said])].sort();
}
