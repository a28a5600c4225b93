import type { FieldProblem } from '#platform/http/index.js';
import { ReferenceMember } from '../member.decorators.js';

/** Which approvals are to end: everything that all the members fit. */
export class NewConsentEnding {
  @ReferenceMember({ about: 'The user who allowed it.', most: 36 })
  user_id?: string;

  @ReferenceMember({ about: 'The client that was allowed it.', most: 255 })
  client_id?: string;

  @ReferenceMember({ about: 'The scope that is taken out; without it the whole approval ends.', most: 255 })
  scope?: string;
}

/** Says why nothing can be selected like that. */
export function endingProblems(ending: NewConsentEnding): FieldProblem[] {
  return Object.keys(ending).length === 0 ? [{ pointer: '#', detail: 'must select something' }] : [];
}
