/** What an access token says, whichever its format (RFC 9068 §2.2, RFC 7662 §2.2). */
export interface AccessToken {
  readonly jti: string;
  readonly format: 'jwt' | 'opaque';
  readonly clientId: string;
  readonly subject: string;
  /** The grant it was made from; a token of a client's own (RFC 6749 §4.4) has none. */
  readonly grantId: string | undefined;
  readonly scope: readonly string[];
  readonly audience: readonly string[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Reads the claims of a JWT access token (RFC 9068 §2.2) whose signature, `typ`, `iss` and `exp` were verified. */
export function accessTokenFrom(claims: Record<string, unknown>): AccessToken | undefined {
  const { jti, client_id: clientId, sub, iat, exp, scope, aud, grant_id: grantId } = claims;
  if (typeof jti !== 'string' || typeof clientId !== 'string' || typeof sub !== 'string') return undefined;
  if (typeof iat !== 'number' || typeof exp !== 'number') return undefined;
  return {
    jti,
    format: 'jwt',
    clientId,
    subject: sub,
    grantId: typeof grantId === 'string' ? grantId : undefined,
    scope: typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [],
    audience: [aud].flat().filter((value) => typeof value === 'string'),
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
  };
}
