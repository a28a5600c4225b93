import type { GrantRow } from './grant.entity.js';
import type { GrantEnds } from './granted-ends.js';
import type { GrantedClaims } from './granted-claims.js';

/** One authorization: who allowed which client what; the parent of its codes and tokens. */
export interface Grant {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly sessionId: string | undefined;
  readonly scope: readonly string[];
  readonly resources: readonly string[];
  readonly claims?: GrantedClaims | undefined;
  /** Until when parts of it may be used. */
  readonly ends?: GrantEnds | undefined;
  readonly authTime: Date;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly offline: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | undefined;
}

/** What is decided when a grant is made; the rest follows. */
export type NewGrant = Omit<Grant, 'id' | 'createdAt' | 'revokedAt'>;

/** Reads a row as the grant it stands for. */
export function grantFrom(row: GrantRow): Grant {
  return {
    ...row,
    sessionId: row.sessionId ?? undefined,
    scope: row.scope.split(' ').filter((name) => name !== ''),
    ends: row.ends ?? undefined,
    claims: (row.claims ?? undefined) as GrantedClaims | undefined,
    revokedAt: row.revokedAt ?? undefined,
  };
}

/** Whether anything may still be issued from, or answered for, a grant: not when nothing of it is left. */
export function isLive(grant: Grant, now: Date): boolean {
  return grant.revokedAt === undefined && grant.expiresAt > now && grant.scope.length > 0;
}
