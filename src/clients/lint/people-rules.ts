import { isVetted } from '../client.js';
import { hasUsers, unless, type LintFault, type LintRule } from './lint-rule.js';

/** Who looks after the client, and what its users are told of it. */
export const PEOPLE_RULES: readonly LintRule[] = [
  {
    id: 'no-owner',
    severity: 'warning',
    find: ({ client }) =>
      unless(
        client.owner !== undefined,
        'owner',
        'Name the user who looks after it: they are written to when a secret runs out.',
      ),
  },
  {
    id: 'no-contacts',
    severity: 'notice',
    clause: 'RFC 7591 §2',
    find: ({ client }) =>
      unless(
        client.contacts.length > 0,
        'contacts',
        'Add an e-mail address of the team: an owner may be away, or leave.',
      ),
  },
  {
    id: 'no-name',
    severity: 'warning',
    clause: 'RFC 7591 §2',
    find: ({ client }) =>
      unless(
        client.clientName !== undefined || !hasUsers(client),
        'clientName',
        'Give it the name that its users know it by: the consent page shows its id instead.',
      ),
  },
  {
    id: 'nothing-to-trust',
    severity: 'notice',
    clause: 'OIDC Registration §2',
    find: ({ client }) => {
      if (client.firstParty || !hasUsers(client)) return [];
      return (['logoUri', 'policyUri', 'tosUri'] as const).flatMap((member): readonly LintFault[] =>
        unless(client[member] !== undefined, member, `Add ${SAID[member]}: the consent page shows it to who decides.`),
      );
    },
  },
  {
    id: 'not-vetted',
    severity: 'warning',
    find: ({ client }) =>
      unless(
        isVetted(client),
        'vetted',
        'Look at what it is, and set it to true: it registered itself and warns its users.',
      ),
  },
];

const SAID = {
  logoUri: 'its logo',
  policyUri: 'what it does with data',
  tosUri: 'its terms',
} as const;
