import type { FastifyReply, FastifyRequest } from 'fastify';

/** A cookie to be set: for the whole host, and unless said otherwise HttpOnly and SameSite=Lax. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly secure: boolean;
  /** Without it the cookie ends with the browser; 0 removes it. */
  readonly maxAgeSeconds?: number;
  /** For scripts of our own pages, also where other sites frame them. */
  readonly forScripts?: true;
}

const COOKIE_VALUE = /^[A-Za-z0-9._~-]*$/;

/** The value of a cookie that the browser sent; the first one if it sent several. */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers.cookie;
  if (header === undefined) return undefined;
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** Sets one cookie beside those that the reply sets already; the same name again replaces it. */
export function setCookie(reply: FastifyReply, cookie: Cookie): void {
  if (!COOKIE_VALUE.test(cookie.value)) throw new Error(`the value of cookie ${cookie.name} needs encoding`);
  const lifetime = cookie.maxAgeSeconds === undefined ? '' : `; Max-Age=${cookie.maxAgeSeconds}`;
  const flags = `; Path=/${lifetime}${accessOf(cookie)}${cookie.secure ? '; Secure' : ''}`;
  const others = [reply.getHeader('set-cookie') ?? []].flat().map(String);
  const kept = others.filter((other) => !other.startsWith(`${cookie.name}=`));
  reply.removeHeader('set-cookie');
  reply.header('set-cookie', [...kept, `${cookie.name}=${cookie.value}${flags}`]);
}

/** Browsers refuse `SameSite=None` without Secure, and Secure on http. */
function accessOf({ forScripts, secure }: Cookie): string {
  if (forScripts !== true) return '; HttpOnly; SameSite=Lax';
  return secure ? '; SameSite=None' : '; SameSite=Lax';
}

/** The value that a reply is about to set for a cookie; nothing when it sets none. */
export function pendingCookie(reply: FastifyReply, name: string): string | undefined {
  const lines = [reply.getHeader('set-cookie') ?? []].flat().map(String);
  return lines
    .find((line) => line.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(';')[0];
}

/** One of our cookies, by its right name for the issuer's scheme. */
export class BrowserCookie {
  constructor(
    private readonly name: string,
    private readonly secure: boolean,
  ) {}

  read(request: FastifyRequest): string | undefined {
    const value = readCookie(request, this.name);
    return value === '' ? undefined : value;
  }

  write(reply: FastifyReply, value: string, maxAgeSeconds?: number): void {
    const lifetime = maxAgeSeconds === undefined ? {} : { maxAgeSeconds };
    setCookie(reply, { name: this.name, value, secure: this.secure, ...lifetime });
  }

  clear(reply: FastifyReply): void {
    this.write(reply, '', 0);
  }
}
