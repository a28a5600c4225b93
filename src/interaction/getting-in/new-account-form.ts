import type { PostedForm } from '#platform/http/index.js';
import type { UserRefusal } from '#users/index.js';
import type { NewAccountFaults } from '#views/index.js';

/** What somebody filled in who makes an account. */
export interface NewAccountFields {
  readonly name: string;
  readonly password: string;
  readonly acceptsTerms: boolean;
}

/** Reads the form. */
export function newAccountFields(form: PostedForm): NewAccountFields {
  return {
    name: form.get('name')?.trim() ?? '',
    password: form.get('password') ?? '',
    acceptsTerms: form.get('accept_terms') === 'yes',
  };
}

/** What is missing, before anybody is asked anything. */
export function missingFields(fields: NewAccountFields, asksForTerms: boolean): NewAccountFaults {
  return {
    ...(fields.name === '' ? { name: 'missing' } : {}),
    ...(fields.password === '' ? { password: 'missing' } : {}),
    ...(asksForTerms && !fields.acceptsTerms ? { terms: true } : {}),
  };
}

/** Why no account could be made of the fields, as the page says it; nothing when it is not for the fields to mend. */
export function refusedFields(refusal: UserRefusal): NewAccountFaults | undefined {
  if (refusal.outcome === 'taken') return undefined;
  return refusal.problems.some(({ pointer }) => pointer === '#/name') ? { name: 'invalid' } : undefined;
}

/** Whether anything is at fault. */
export function isFaulty(faults: NewAccountFaults): boolean {
  return Object.values(faults).some((fault) => fault !== undefined);
}
