import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FeatureSettings, IssuerSettings } from '#platform/config/index.js';
import { Random } from '#platform/crypto/index.js';
import { BrowserCookie } from './browser-cookie.js';
import { OpStateCookie, SessionCookie } from './op-state-cookie.js';
import { isCrossSite } from './request-facts.js';

const BROWSER_ID = /^[A-Za-z0-9_-]{43}$/;
const BROWSER_LIFETIME_SECONDS = 30 * 24 * 3600;

/** The cookies of this service: the sign-in, what scripts may know of it, and what binds waiting requests to a browser. */
@Injectable()
export class BrowserCookies {
  readonly session: BrowserCookie;
  /** There is one where session management is switched on. */
  readonly opState: OpStateCookie | undefined;
  readonly browser: BrowserCookie;

  constructor(
    issuer: IssuerSettings,
    features: FeatureSettings,
    private readonly random: Random,
  ) {
    // Browsers refuse the `__Host-` prefix without Secure, and Secure on http.
    const prefix = issuer.secure ? '__Host-' : '';
    this.opState = features.sessionManagement
      ? new OpStateCookie(`${prefix}gatehouse-op-state`, issuer.secure)
      : undefined;
    this.session = new SessionCookie(`${prefix}gatehouse-session`, issuer.secure, this.opState);
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
