import { pointerTo, type FieldProblem } from '#platform/http/index.js';
import { checkMessage } from '../rest/checked-message.js';
import type { MessageClass } from '../rest/member.decorators.js';
import { isJsonObject } from '../rest/merge-patch.js';
import { SettingsMembers } from '../rest/dto/settings.dto.js';
import {
  SeedClaimMapping,
  SeedClient,
  SeedGroup,
  SeedIdentityProvider,
  SeedResource,
  SeedScope,
  SeedUser,
  SeedUserAttribute,
} from './seed.dto.js';

/** An element of a seed, as far as it is well-formed. */
export interface SeedElement<T> {
  readonly message: T;
  readonly problems: readonly FieldProblem[];
}

/** The elements of a seed, in the order in which they are applied. */
export interface SeedPlan {
  readonly resources: readonly SeedElement<SeedResource>[];
  readonly scopes: readonly SeedElement<SeedScope>[];
  readonly groups: readonly SeedElement<SeedGroup>[];
  readonly user_attributes: readonly SeedElement<SeedUserAttribute>[];
  readonly users: readonly SeedElement<SeedUser>[];
  readonly clients: readonly SeedElement<SeedClient>[];
  readonly claim_mappings: readonly SeedElement<SeedClaimMapping>[];
  readonly identity_providers: readonly SeedElement<SeedIdentityProvider>[];
  /** Applied before all others. */
  readonly settings: SeedElement<SettingsMembers>;
}

/** A seed that was looked at: its elements, and what is wrong with the seed as a whole. */
export interface CheckedSeed {
  readonly plan: SeedPlan;
  readonly problems: readonly FieldProblem[];
}

type Seed = Readonly<Record<string, unknown>>;

const LISTS = [
  'resources',
  'scopes',
  'groups',
  'user_attributes',
  'users',
  'clients',
  'claim_mappings',
  'identity_providers',
];
const PARTS = [...LISTS, 'settings'];

/** Looks at the value of a seed file as the bodies that REST would take. */
export function checkSeed(seed: unknown): CheckedSeed {
  const given = isJsonObject(seed) ? seed : {};
  const problems = [
    ...(isJsonObject(seed) ? [] : [{ pointer: '#', detail: 'must be an object' }]),
    ...unknownParts(given),
    ...(isAbsentOrObject(given['settings']) ? [] : [{ pointer: '#/settings', detail: 'must be an object' }]),
    ...LISTS.filter((part) => listOf(given, part) === undefined).map(notAList),
  ];
  const plan = {
    resources: elements(given, 'resources', SeedResource),
    scopes: elements(given, 'scopes', SeedScope),
    groups: elements(given, 'groups', SeedGroup),
    user_attributes: elements(given, 'user_attributes', SeedUserAttribute),
    users: elements(given, 'users', SeedUser),
    clients: elements(given, 'clients', SeedClient),
    claim_mappings: elements(given, 'claim_mappings', SeedClaimMapping),
    identity_providers: elements(given, 'identity_providers', SeedIdentityProvider),
    settings: checkMessage(SettingsMembers, isJsonObject(given['settings']) ? given['settings'] : {}),
  };
  return { plan, problems };
}

/** Moves the place of a fault from an element to the seed that the element is in. */
export function inSeed(part: string, problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.map(({ pointer, detail }) => ({ pointer: `#/${part}${pointer.slice(1)}`, detail }));
}

function elements<T extends object>(seed: Seed, part: string, type: MessageClass<T>): SeedElement<T>[] {
  return (listOf(seed, part) ?? []).map((element) => checkMessage(type, element));
}

/** Undefined for a part that is there and no list. */
function listOf(seed: Seed, part: string): readonly unknown[] | undefined {
  const list = seed[part] ?? [];
  return Array.isArray(list) ? (list as unknown[]) : undefined;
}

function notAList(part: string): FieldProblem {
  return { pointer: `#/${part}`, detail: 'must be a list' };
}

function unknownParts(seed: Seed): FieldProblem[] {
  return Object.keys(seed)
    .filter((name) => !PARTS.includes(name))
    .map((name) => ({ pointer: pointerTo(name), detail: `is not one of ${PARTS.join(', ')}` }));
}

function isAbsentOrObject(part: unknown): boolean {
  return part === undefined || part === null || isJsonObject(part);
}
