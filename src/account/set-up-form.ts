import type { PostedForm } from '#platform/http/index.js';
import type { UserRefusal } from '#users/index.js';
import type { SetUpProblem } from '#views/index.js';

/** What the first administrator typed. */
export interface SetUpFields {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Reads the set-up form. */
export function setUpFields(form: PostedForm): SetUpFields {
  return {
    email: form.get('email')?.trim() ?? '',
    name: form.get('name')?.trim() ?? '',
    password: form.get('password') ?? '',
  };
}

/** The fields that are empty. */
export function missingFields(fields: SetUpFields): SetUpProblem[] {
  const names = ['email', 'name', 'password'] as const;
  return names.filter((field) => fields[field] === '').map((field) => ({ field, kind: 'missing' }));
}

/** Why no user could be made of the fields, as the page says it; the address is the user name too. */
export function refusedFields(refusal: UserRefusal): SetUpProblem[] {
  if (refusal.outcome === 'taken') return [{ field: 'email', kind: 'taken' }];
  const ofName = refusal.problems.some(({ pointer }) => pointer === '#/name');
  const ofEmail = refusal.problems.some(({ pointer }) => pointer !== '#/name');
  return [
    ...(ofEmail ? [{ field: 'email', kind: 'invalid' } as const] : []),
    ...(ofName ? [{ field: 'name', kind: 'invalid' } as const] : []),
  ];
}
