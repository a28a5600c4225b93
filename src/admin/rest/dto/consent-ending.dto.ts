import type { FieldProblem } from '#platform/http/index.js';
import { TextMember } from '../member.decorators.js';

/** Which approvals are to end: everything that all the members fit. */
export class NewConsentEnding {
  @TextMember({ about: 'The user who allowed it.', schema: { maxLength: 36, minLength: 1 } })
  user_id?: string;

  @TextMember({ about: 'The client that was allowed it.', schema: { maxLength: 255, minLength: 1 } })
  client_id?: string;

  @TextMember({
    about: 'The scope that is taken out; without it the whole approval ends.',
    schema: { maxLength: 255, minLength: 1 },
  })
  scope?: string;
}

/** Says why nothing can be selected like that. */
export function endingProblems(ending: NewConsentEnding): FieldProblem[] {
  return Object.keys(ending).length === 0 ? [{ pointer: '#', detail: 'must select something' }] : [];
}
