const LONGEST = 100;

/** A member of the header of somebody's token as a fact; nothing when it is not a text. */
export function headerFact(name: string, value: unknown): Readonly<Record<string, string>> {
  return typeof value === 'string' ? { [name]: value.slice(0, LONGEST) } : {};
}
