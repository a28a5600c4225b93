import { LOGIN, MEMBER, type DirectoryChoices } from './directory.js';
import { isFilter } from './directory-filter.js';

/** One fault of a directory, with the place of it as a JSON pointer. */
export interface DirectoryProblem {
  readonly pointer: string;
  readonly detail: string;
}

const ATTRIBUTE = /^(?:[A-Za-z][A-Za-z0-9-]{0,63}|\d+(?:\.\d+)+)$/;
const CLAIMS = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'email',
  'phone_number',
  'website',
  'zoneinfo',
  'locale',
];
const PEM = /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/;
const SERVER = /^ldaps?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?\/?$/i;
const LONGEST = 1024;

/** Says everything that is wrong with a directory, as far as it can be seen without asking it. */
export function directoryProblems(choices: DirectoryChoices): DirectoryProblem[] {
  const { name, urls, ca, baseDn, userFilter, groupFilter } = choices;
  const isName = name.trim() === name && name !== '' && name.length <= 128;
  return [
    ...unless(isName, '#/name', 'must have 1 to 128 characters'),
    ...unless(urls.length > 0, '#/urls', 'must have at least one address'),
    ...urls.flatMap((url, at) => urlProblems(url, at, choices)),
    ...unless(ca === undefined || PEM.test(ca.trim()), '#/ca', 'must be certificates as PEM'),
    ...unless(isDn(baseDn), '#/base_dn', 'must be a DN such as dc=example,dc=com'),
    ...unless(isFilter(userFilter, LOGIN), '#/user_filter', `must be a filter (RFC 4515) with ${LOGIN} in it`),
    ...unless(isFilter(groupFilter, MEMBER), '#/group_filter', `must be a filter (RFC 4515) with ${MEMBER} in it`),
    ...attributeProblems(choices),
    ...groupProblems(choices),
  ];
}

function isDn(text: unknown): boolean {
  return typeof text === 'string' && text.includes('=') && text.length <= LONGEST;
}

function urlProblems(url: string, at: number, { startTls }: DirectoryChoices): DirectoryProblem[] {
  const pointer = `#/urls/${at}`;
  if (!SERVER.test(url) || !URL.canParse(url)) return problem(pointer, 'must be such as ldaps://directory.example.com');
  return unless(!startTls || url.startsWith('ldap:'), pointer, 'is TLS already, so start_tls cannot be');
}

function groupProblems({ groups }: DirectoryChoices): DirectoryProblem[] {
  const fits = Object.entries(groups).every(([dn, name]) => isDn(dn) && typeof (name as unknown) === 'string');
  return unless(fits, '#/group_mapping', 'must have names of groups by DNs');
}

function attributeProblems({ attributes: { id, username, claims } }: DirectoryChoices): DirectoryProblem[] {
  const wrong = (attribute: unknown): boolean => typeof attribute !== 'string' || !ATTRIBUTE.test(attribute);
  return [
    ...(wrong(id) ? problem('#/id_attribute', 'must be the name of an attribute') : []),
    ...(wrong(username) ? problem('#/username_attribute', 'must be the name of an attribute') : []),
    ...Object.entries(claims).flatMap(([claim, attribute]) => {
      if (!CLAIMS.includes(claim)) return problem(`#/claims/${claim}`, `must be one of ${CLAIMS.join(', ')}`);
      return wrong(attribute) ? problem(`#/claims/${claim}`, 'must be the name of an attribute') : [];
    }),
  ];
}

function unless(holds: boolean, pointer: string, detail: string): DirectoryProblem[] {
  return holds ? [] : problem(pointer, detail);
}

function problem(pointer: string, detail: string): DirectoryProblem[] {
  return [{ pointer, detail }];
}
