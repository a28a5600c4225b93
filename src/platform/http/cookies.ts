import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { Random } from '#platform/crypto/index.js';
import { isCrossSite } from './request-facts.js';

/** A cookie to be set: always HttpOnly, SameSite=Lax and for the whole host. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly secure: boolean;
  /** Without it the cookie ends with the browser; 0 removes it. */
  readonly maxAgeSeconds?: number;
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
  const flags = `; Path=/${lifetime}; HttpOnly; SameSite=Lax${cookie.secure ? '; Secure' : ''}`;
  const others = [reply.getHeader('set-cookie') ?? []].flat().map(String);
  const kept = others.filter((other) => !other.startsWith(`${cookie.name}=`));
  reply.removeHeader('set-cookie');
  reply.header('set-cookie', [...kept, `${cookie.name}=${cookie.value}${flags}`]);
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

const BROWSER_ID = /^[A-Za-z0-9_-]{43}$/;
const BROWSER_LIFETIME_SECONDS = 30 * 24 * 3600;

/** The two cookies of this service: the sign-in, and the one that binds waiting requests to a browser. */
@Injectable()
export class BrowserCookies {
  readonly session: BrowserCookie;
  readonly browser: BrowserCookie;

  constructor(
    issuer: IssuerSettings,
    private readonly random: Random,
  ) {
    // Browsers refuse the `__Host-` prefix without Secure, and Secure on http.
    const prefix = issuer.secure ? '__Host-' : '';
    this.session = new BrowserCookie(`${prefix}gatehouse-session`, issuer.secure);
    this.browser = new BrowserCookie(`${prefix}gatehouse-browser`, issuer.secure);
  }

  /** The secret that names this browser, made when it has none, kept alive while it comes back. */
  browserId(request: FastifyRequest, reply: FastifyReply): string {
    const known = this.browser.read(request);
    const id = known !== undefined && BROWSER_ID.test(known) ? known : this.random.secret();
    // RFC 6265bis §5.5: a form of another site comes without the Lax cookie that there is, and must not replace it.
    if (request.method !== 'POST' || !isCrossSite(request)) this.browser.write(reply, id, BROWSER_LIFETIME_SECONDS);
    return id;
  }
}
