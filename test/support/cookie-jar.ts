/** A cookie as a browser keeps it. */
export interface StoredCookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
  readonly secure: boolean;
  /** The `Set-Cookie` line it came by. */
  readonly line: string;
}

/** Keeps cookies by the rules of browsers: by host, path and scheme, and the `__Host-` prefix (RFC 6265bis §4.1.3, §5). */
export class CookieJar {
  private cookies: StoredCookie[] = [];

  /** Every cookie that is kept. */
  get all(): readonly StoredCookie[] {
    return this.cookies;
  }

  /** The kept cookie of this name, with or without the `__Host-` prefix. */
  find(name: string): StoredCookie | undefined {
    return this.cookies.find((cookie) => cookie.name.replace(/^__Host-/, '') === name);
  }

  /** Puts a cookie in the place of another of its name, as an attacker who can write cookies would. */
  overwrite(name: string, value: string): void {
    this.cookies = this.cookies.map((cookie) => (cookie.name === name ? { ...cookie, value } : cookie));
  }

  /** Forgets the cookie of this name. */
  forget(name: string): void {
    this.cookies = this.cookies.filter((cookie) => cookie.name.replace(/^__Host-/, '') !== name);
  }

  /** Takes what an answer sets; throws where a browser would quietly refuse, since ours must never be refused. */
  take(url: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const equals = pair.indexOf('=');
      const cookie = {
        name: pair.slice(0, equals),
        value: pair.slice(equals + 1),
        host: url.hostname,
        path: attribute(attributes, 'path') ?? '/',
        secure: attribute(attributes, 'secure') !== undefined,
        line,
      };
      const refusal = refusalOf(cookie, attributes, url);
      if (refusal !== undefined) throw new Error(`a browser refuses ${cookie.name}: ${refusal}`);
      this.cookies = this.cookies.filter(({ name, host, path }) => {
        return name !== cookie.name || host !== cookie.host || path !== cookie.path;
      });
      if (Number(attribute(attributes, 'max-age') ?? 1) > 0) this.cookies.push(cookie);
    }
  }

  /** The `Cookie` header for a request; nothing when no cookie fits. */
  header(url: URL): string | undefined {
    const fitting = this.cookies.filter(({ host, path, secure }) => {
      return host === url.hostname && isBelow(url.pathname, path) && (!secure || url.protocol === 'https:');
    });
    return fitting.length === 0 ? undefined : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

function attribute(attributes: readonly string[], name: string): string | undefined {
  const found = attributes.find((text) => (text.split('=')[0] ?? '').toLowerCase() === name);
  return found === undefined ? undefined : found.slice(name.length + 1);
}

function refusalOf(cookie: StoredCookie, attributes: readonly string[], url: URL): string | undefined {
  if (cookie.secure && url.protocol !== 'https:') return 'it is Secure and came over http';
  if (attribute(attributes, 'domain') !== undefined) return 'it names a domain, so it is not for one host alone';
  if (cookie.name.startsWith('__Host-') && (!cookie.secure || cookie.path !== '/')) return '__Host- needs Secure and /';
  return undefined;
}

function isBelow(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
