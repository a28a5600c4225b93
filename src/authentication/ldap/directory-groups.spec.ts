import { describe, expect, it } from 'vitest';
import { comparableDn, groupsHere } from './directory-groups.js';

const MAPPING = { 'cn=Travel,ou=Groups,dc=example': 'travellers', 'cn=staff,dc=example': 'Staff' };

describe('the groups of somebody from a directory', () => {
  it('are those that it says of those that it decides, beside the others that they have here', () => {
    expect(groupsHere(MAPPING, ['CN=travel, OU=groups, DC=example'], ['staff', 'choir'])).toEqual([
      'choir',
      'travellers',
    ]);
    expect(groupsHere(MAPPING, [], ['travellers', 'STAFF'])).toEqual([]);
    expect(groupsHere({}, ['cn=staff,dc=example'], ['Staff'])).toEqual(['Staff']);
  });

  it('are compared by DNs in one form (RFC 4517 §4.2.15)', () => {
    expect(comparableDn(' CN = a ,  DC=b+OU = c')).toBe('cn=a,dc=b+ou=c');
  });
});
