/** What a rule saw, as it was kept. */
export type Facts = Readonly<Record<string, unknown>>;

/** Words for each rule, by its name. */
export type Words = Readonly<Record<string, (facts: Facts) => string>>;

/** Names one after the other, or that there are none. */
export function list(names: unknown): string {
  return Array.isArray(names) && names.length > 0 ? names.join(', ') : 'nothing';
}

/** A fact as text; empty when there is none. */
export function text(fact: unknown): string {
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : '';
}

/** Whether a fact names anything. */
export function names(fact: unknown): boolean {
  return Array.isArray(fact) && fact.length > 0;
}
