const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::(\d{1,5}))?((?:[/?].*)?)$/s;

/**
 * Tells whether a presented redirect URI is one of the registered ones: exact strings (RFC 9700 §2.1), save that a
 * native client listening on a loopback address literal may use any port (RFC 8252 §7.3).
 */
export function redirectUriMatches(registered: readonly string[], presented: string): boolean {
  if (registered.includes(presented)) return true;
  const portless = withoutLoopbackPort(presented);
  return portless !== undefined && registered.some((uri) => withoutLoopbackPort(uri) === portless);
}

function withoutLoopbackPort(uri: string): string | undefined {
  const [, origin, port, rest] = LOOPBACK.exec(uri) ?? [];
  if (origin === undefined || rest === undefined || Number(port ?? '80') > 65_535) return undefined;
  return origin + rest;
}
