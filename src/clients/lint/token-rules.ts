import { StandardScope } from '#standards/oidc.js';
import { unless, type LintFault, type LintRule } from './lint-rule.js';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** The longest life, in seconds, that is not remarked upon. */
const LONGEST = {
  accessTokenLifetime: 30 * MINUTE,
  idTokenLifetime: 30 * MINUTE,
  refreshTokenIdleLifetime: 60 * DAY,
  refreshTokenLifetime: 180 * DAY,
} as const;

/** How long what it gets is good, and whether it needs it. */
export const TOKEN_RULES: readonly LintRule[] = [
  {
    id: 'long-lifetime',
    severity: 'warning',
    clause: 'RFC 9700 §4.10',
    find: ({ client }) =>
      (Object.keys(LONGEST) as (keyof typeof LONGEST)[]).flatMap((member): readonly LintFault[] =>
        unless(
          (client[member] ?? 0) <= LONGEST[member],
          member,
          `Choose at most ${LONGEST[member]} seconds, or leave it out: for as long, whoever has stolen it can use it.`,
        ),
      ),
  },
  {
    id: 'static-refresh-token',
    severity: 'warning',
    clause: 'RFC 9700 §4.14.2',
    find: ({ client }) =>
      unless(
        client.refreshTokenRotation === 'rotate' || !client.grantTypes.includes('refresh_token'),
        'refreshTokenRotation',
        'Set it to rotate unless the application cannot keep the new one: a stolen refresh token is noticed only by that.',
      ),
  },
  {
    id: 'refresh-without-offline',
    severity: 'notice',
    clause: 'OIDC Core §11',
    find: ({ client: { grantTypes, scope, profile } }) =>
      unless(
        !grantTypes.includes('refresh_token') || scope.includes(StandardScope.OfflineAccess) || profile === 'browser',
        'grantTypes',
        'Take refresh_token out, or add offline_access to scope: without it a refresh token ends with the session.',
      ),
  },
  {
    id: 'offline-without-refresh',
    severity: 'notice',
    clause: 'OIDC Core §11',
    find: ({ client: { grantTypes, scope } }) =>
      unless(
        grantTypes.includes('refresh_token') || !scope.includes(StandardScope.OfflineAccess),
        'scope',
        'Take offline_access out, or add refresh_token to grant_types: it is ignored without.',
      ),
  },
];
