import type { IssuerSettings } from '#platform/config/index.js';
import type { Resource } from './resource.js';
import { FIRST_PRESENTATION } from './scope-words.js';
import type { Scope } from './scope.js';

/** What each part of the admin API is called on pages that show its scopes. */
const ADMIN_AREAS = {
  clients: 'clients and their secrets',
  users: 'users',
  groups: 'groups',
  invitations: 'invitations',
  scopes: 'scopes',
  resources: 'APIs',
  consents: 'approvals',
  reports: 'reports about applications',
  sessions: 'sessions',
  keys: 'signing keys',
  'identity-providers': 'outside sign-in services',
  webhooks: 'webhooks',
  settings: 'settings of the company',
  'initial-access-tokens': 'rights to register clients',
} as const;

/** What is no record: what happened, jobs and the tables that they purge, work on many records, and measurements. */
const AUDIT_SCOPE = 'audit-events:read';
const JOBS_SCOPE = 'jobs:read';
const BULK_SCOPE = 'jobs:write';
const METRICS_SCOPE = 'metrics:read';
// Parts of the admin API that do not exist yet: nobody else may take their scope names meanwhile.
const RESERVED = /^[a-z-]+:(read|write)$/;
const RESERVED_AREAS = new Set([
  ...Object.keys(ADMIN_AREAS),
  'grants',
  'audit-events',
  'webhooks',
  'identity-providers',
  'jobs',
  'metrics',
]);

/** The id of the resource that is this service's own admin API. */
export const ADMIN_RESOURCE_ID = 'admin-api';

/** The scopes of the admin API, one to read and one to write each part of it. */
export const ADMIN_SCOPES: readonly string[] = [
  ...Object.keys(ADMIN_AREAS).flatMap((area) => [`${area}:read`, `${area}:write`]),
  AUDIT_SCOPE,
  BULK_SCOPE,
  JOBS_SCOPE,
  METRICS_SCOPE,
];

/** The identifier under which access tokens for the admin API are asked for. */
export function adminResourceIdentifier({ issuer }: Pick<IssuerSettings, 'issuer'>): string {
  return `${issuer}/api/v1`;
}

/** Tells whether a scope name belongs to the admin API, now or later. */
export function isAdminScopeName(name: string): boolean {
  return RESERVED.test(name) && RESERVED_AREAS.has(name.split(':')[0] ?? '');
}

/** The admin API as a resource. */
export function adminResource(issuer: Pick<IssuerSettings, 'issuer'>): Resource {
  return {
    id: ADMIN_RESOURCE_ID,
    identifier: adminResourceIdentifier(issuer),
    name: 'Administration',
    accessTokenFormat: 'jwt',
    introspectionClients: [],
    builtIn: true,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  };
}

/** The scopes of the admin API. */
export function adminScopes(issuer: Pick<IssuerSettings, 'issuer'>): Scope[] {
  const scope = (name: string, title: string): Scope => ({
    ...FIRST_PRESENTATION,
    name,
    resourceIdentifier: adminResourceIdentifier(issuer),
    title,
    icon: 'key',
    sensitivity: name.endsWith(':write') ? 'sensitive' : 'normal',
    builtIn: true,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  });
  return [
    ...Object.entries(ADMIN_AREAS).flatMap(([area, words]) => [
      scope(`${area}:read`, `See ${words}`),
      scope(`${area}:write`, `Change ${words}`),
    ]),
    scope(AUDIT_SCOPE, 'See what happened to users and clients'),
    scope(BULK_SCOPE, 'Begin work on many records, such as ending what was issued'),
    scope(JOBS_SCOPE, 'See background work and storage'),
    scope(METRICS_SCOPE, 'See metrics'),
  ];
}
