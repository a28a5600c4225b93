import type { PostedForm } from '#platform/http/index.js';
import type { EditableClaim } from '#settings/index.js';
import type { Attribute, StandardClaims, UserChanges } from '#users/index.js';
import type { ProfileField } from '#views/index.js';

/** The claims of the profile page that are one line of text, in its order. */
const TEXTS = [
  ...(['name', 'given_name', 'family_name', 'nickname'] as const),
  ...(['phone_number', 'website', 'zoneinfo', 'locale'] as const),
];

type TextClaim = (typeof TEXTS)[number];

/** The name of the form's field for an attribute, which no claim has. */
export function attributeField(name: string): string {
  return `attribute:${name}`;
}

/** The claims that the form changes: only those that users may edit, and never whether something is verified. */
export function claimChanges(
  form: PostedForm,
  present: StandardClaims,
  editable: readonly EditableClaim[],
): NonNullable<UserChanges['claims']> {
  const given = TEXTS.filter((claim) => editable.includes(claim) && form.get(claim) !== undefined).map(
    (claim) => [claim, form.get(claim)?.trim() || null] as const,
  );
  const changed = given.filter(([claim, value]) => value !== (present[claim] ?? null));
  const changes: Record<string, string | boolean | null> = Object.fromEntries(changed);
  // Whoever showed that the former number is theirs has shown nothing about this one
  if ('phone_number' in changes) changes['phone_number_verified'] = null;
  return changes;
}

/** The attributes that the form changes, as values of their types; what is no such value stays the text it is. */
export function attributeChanges(form: PostedForm, editable: readonly Attribute[]): Record<string, unknown> {
  const entries = editable.flatMap((attribute) => {
    const text = form.get(attributeField(attribute.name));
    return text === undefined ? [] : [[attribute.name, valueOf(attribute, text)] as const];
  });
  return Object.fromEntries(entries);
}

function valueOf({ list, type }: Attribute, text: string): unknown {
  const lines = (list ? text.split(/\r?\n/) : [text]).map((line) => line.trim()).filter((line) => line !== '');
  const values = lines.map((line) => typed(type, line));
  if (values.length === 0) return null;
  return list ? values : values[0];
}

function typed(type: Attribute['type'], text: string): unknown {
  if (type === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

/** The fields of the page: what is there, or what was typed when the form comes back. */
export function claimFields(
  claims: StandardClaims,
  editable: readonly EditableClaim[],
  { form, faults }: { readonly form?: PostedForm | undefined; readonly faults: readonly string[] },
): ProfileField[] {
  return TEXTS.map((claim: TextClaim) => ({
    claim,
    value: (editable.includes(claim) ? form?.get(claim) : undefined) ?? claims[claim] ?? '',
    editable: editable.includes(claim),
    fault: faults.includes(`#/${claim}`),
  }));
}
