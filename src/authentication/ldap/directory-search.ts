import { Injectable } from '@nestjs/common';
import {
  type Client,
  ConstraintViolationError,
  type Entry,
  InappropriateAuthError,
  InsufficientAccessError,
  InvalidCredentialsError,
  InvalidDNSyntaxError,
  NoSuchObjectError,
  SizeLimitExceededError,
  UnwillingToPerformError,
} from 'ldapts';
import { Random } from '#platform/crypto/index.js';
import { LOGIN, MEMBER, type Directory } from './directory.js';
import { escaped, escapedBytes, filled } from './directory-filter.js';
import { BINARY_ATTRIBUTES, personFrom, wantedAttributes, type DirectoryPerson } from './directory-person.js';
import { LdapConnections } from './ldap-connections.js';

/** Whom to look for: by what was typed, or by what stays. */
export type DirectoryQuery = { readonly login: string } | { readonly stableId: string };

/** What a directory says of somebody and their password; groups are DNs. */
export type DirectoryAnswer =
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'refused'; readonly person: DirectoryPerson }
  | { readonly outcome: 'proven'; readonly person: DirectoryPerson; readonly groups: readonly string[] };

/** Answers of a server that refuse a password; all others mean that it could not be asked. */
const REFUSALS = [
  InvalidCredentialsError,
  InappropriateAuthError,
  UnwillingToPerformError,
  InsufficientAccessError,
  ConstraintViolationError,
  NoSuchObjectError,
  InvalidDNSyntaxError,
];

/** Nobody is in so many groups that all of theirs are asked for too. */
const MOST_NESTED = 50;
const TIME_LIMIT_SECONDS = 5;

/** Finds people in directories and proves their passwords there: search, then bind as whoever was found. */
@Injectable()
export class DirectorySearch {
  constructor(
    private readonly connections: LdapConnections,
    private readonly random: Random,
  ) {}

  prove(directory: Directory, query: DirectoryQuery, password: string): Promise<DirectoryAnswer> {
    return this.connections.within(directory, async (client) => {
      const person = await find(client, directory, query);
      if (person === undefined) {
        // Somebody who is not there is bound as well, so that it takes about as long.
        await binds(client, `cn=${this.random.id()},${directory.baseDn}`, password);
        return { outcome: 'absent' };
      }
      const groups = await groupsOf(client, directory, person);
      const proven = await binds(client, person.dn, password);
      return proven ? { outcome: 'proven', person, groups } : { outcome: 'refused', person };
    });
  }

  /** Proves nothing about nobody; fails as for anybody where the directory does not answer. */
  async pretend(directory: Directory): Promise<void> {
    await this.prove(directory, { login: this.random.id() }, this.random.secret());
  }

  /** Those of the people who are there, by what stays; fails where the place in which they are searched is not there. */
  present(directory: Directory, stableIds: readonly string[]): Promise<ReadonlyMap<string, DirectoryPerson>> {
    return this.connections.within(directory, async (client) => {
      const filter = `(|${stableIds.map((stableId) => filterOf(directory, { stableId })).join('')})`;
      const entries = await asked(client, directory.baseDn, { filter, attributes: wantedAttributes(directory) });
      const people = entries.flatMap((entry) => personFrom(entry, directory) ?? []);
      return new Map(people.map((person) => [person.stableId, person]));
    });
  }
}

async function find(client: Client, directory: Directory, query: DirectoryQuery): Promise<DirectoryPerson | undefined> {
  const attributes = wantedAttributes(directory);
  const filter = filterOf(directory, query);
  const entries = await search(client, directory.baseDn, { filter, attributes });
  // Two with one name: nobody can tell who is meant.
  const [entry, second] = entries;
  return entry === undefined || second !== undefined ? undefined : personFrom(entry, directory);
}

function filterOf({ userFilter, attributes: { id } }: Directory, query: DirectoryQuery): string {
  if ('login' in query) return filled(userFilter, LOGIN, query.login);
  const { stableId } = query;
  return `(${id}=${BINARY_ATTRIBUTES.includes(id) ? escapedBytes(Buffer.from(stableId, 'hex')) : escaped(stableId)})`;
}

interface Question {
  readonly filter: string;
  readonly attributes: string[];
  readonly scope?: 'sub' | 'base';
}

/** What is found; nothing where there is no such place, or too much. */
async function search(client: Client, base: string, question: Question): Promise<Entry[]> {
  try {
    return await asked(client, base, question);
  } catch (error) {
    if (error instanceof NoSuchObjectError || error instanceof SizeLimitExceededError) return [];
    throw error;
  }
}

async function asked(client: Client, base: string, { filter, attributes, scope = 'sub' }: Question): Promise<Entry[]> {
  const limits = { sizeLimit: scope === 'base' ? 1 : 500, timeLimit: TIME_LIMIT_SECONDS };
  const explicitBufferAttributes = BINARY_ATTRIBUTES;
  const options = { scope, filter, attributes, explicitBufferAttributes, ...limits };
  return (await client.search(base, options)).searchEntries;
}

/** The groups somebody is in, and those that contain these. */
async function groupsOf(client: Client, directory: Directory, { dn, memberOf }: DirectoryPerson): Promise<string[]> {
  if (Object.keys(directory.groups).length === 0) return [];
  const direct = [...memberOf, ...(await groupsWith(client, directory, dn))];
  const outer: string[] = [];
  for (const group of direct.slice(0, MOST_NESTED)) {
    if (directory.groupBaseDn === undefined) outer.push(...(await memberOfGroup(client, group)));
    else outer.push(...(await groupsWith(client, directory, group)));
  }
  return [...new Set([...direct, ...outer])];
}

async function groupsWith(client: Client, { groupBaseDn, groupFilter }: Directory, member: string): Promise<string[]> {
  if (groupBaseDn === undefined) return [];
  const filter = filled(groupFilter, MEMBER, member);
  return (await search(client, groupBaseDn, { filter, attributes: ['cn'] })).map(({ dn }) => dn);
}

async function memberOfGroup(client: Client, group: string): Promise<string[]> {
  const [entry] = await search(client, group, { filter: '(objectClass=*)', attributes: ['memberOf'], scope: 'base' });
  const [value = []] = [entry?.['memberOf']];
  return [value].flat().map(String);
}

/** Whether the password is that of the entry. */
async function binds(client: Client, dn: string, password: string): Promise<boolean> {
  // RFC 4513 §5.1.2: without a password a server says yes to anybody, and has proven nothing.
  if (password === '') return false;
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    if (REFUSALS.some((refusal) => error instanceof refusal)) return false;
    throw error;
  }
}
