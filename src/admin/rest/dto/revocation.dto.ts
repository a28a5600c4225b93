import type { FieldProblem } from '#platform/http/index.js';
import { isNetwork } from '../../revocations/revocation-selector.js';
import { InstantMember, ReferenceMember, TextMember } from '../member.decorators.js';

/** Which of all that was issued is to end: everything that all the members fit. */
export class NewRevocation {
  @ReferenceMember({ about: 'The user to whom it was issued.', most: 36 })
  user_id?: string;

  @ReferenceMember({ about: 'The client to which it was issued.', most: 255 })
  client_id?: string;

  @ReferenceMember({ about: 'The session in which it was issued.', most: 36 })
  session_id?: string;

  @TextMember({ about: 'The address or network of the sessions in which it was issued.', schema: { maxLength: 64 } })
  address?: string;

  @ReferenceMember({ about: 'The kid of the key that signed it; with no other member but until.', most: 64 })
  key?: string;

  @InstantMember({ about: 'Not before.' })
  since?: string;

  @InstantMember({ about: 'Not after; now unless said.' })
  until?: string;
}

/** Says why nothing can be selected like that. */
export function selectorProblems(selector: NewRevocation): FieldProblem[] {
  const { address, key, since, until } = selector;
  const named = Object.keys(selector);
  const besideKey = named.filter((name) => !['key', 'until'].includes(name));
  const backwards = since !== undefined && until !== undefined && new Date(since) > new Date(until);
  return [
    ...(named.length === 0 ? [{ pointer: '#', detail: 'must select something' }] : []),
    ...(address !== undefined && !isNetwork(address)
      ? [{ pointer: '#/address', detail: 'must be an address or a network such as 192.0.2.0/24' }]
      : []),
    ...(key !== undefined && besideKey.length > 0
      ? [{ pointer: '#/key', detail: 'cannot be combined: what a key signed has no rows' }]
      : []),
    ...(backwards ? [{ pointer: '#/until', detail: 'must not be before since' }] : []),
  ];
}
