const LONGEST = 255;

/** What cutting a text can leave at its end. */
const HALF_CHARACTER = /[\ud800-\udbff]$/;

/** The form of a name in which it is searched: what looks the same is the same, whatever its case. */
export function plainName(name: string): string {
  // Lower-casing can undo a composition, hence the second round.
  const form = name.normalize('NFKC').toLowerCase().normalize('NFKC');
  return form.slice(0, LONGEST).replace(HALF_CHARACTER, '');
}
