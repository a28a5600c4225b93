import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256 } from '#platform/crypto/index.js';
import { BrowserCookie, pendingCookie, readCookie, setCookie } from './browser-cookie.js';

/**
 * OIDC Session Management §3.2: what scripts of the check-session page may know of the browser's sign-in. It changes
 * with the session cookie, from which it is made, and leads back to neither that nor the session.
 */
export class OpStateCookie {
  constructor(
    readonly name: string,
    private readonly secure: boolean,
  ) {}

  /** Makes it fit the session cookie that the browser is given, or takes it away together with that. */
  follow(reply: FastifyReply, sessionCookie: string): void {
    const cookie = { name: this.name, secure: this.secure, forScripts: true } as const;
    if (sessionCookie === '') setCookie(reply, { ...cookie, value: '', maxAgeSeconds: 0 });
    else setCookie(reply, { ...cookie, value: opState(sessionCookie) });
  }

  /** Mends what a sign-out elsewhere, or the time before this was switched on, left behind in the browser. */
  mend(request: FastifyRequest, reply: FastifyReply, sessionCookie: string | undefined): void {
    // A frame of another site comes without the Lax cookie that there is.
    if ((request.headers['sec-fetch-dest'] ?? 'document') !== 'document') return;
    const right = sessionCookie === undefined ? '' : opState(sessionCookie);
    if ((readCookie(request, this.name) ?? '') !== right) this.follow(reply, sessionCookie ?? '');
  }

  /** What the browser will have after this answer; empty when nobody is signed in. */
  after(request: FastifyRequest, reply: FastifyReply): string {
    return pendingCookie(reply, this.name) ?? readCookie(request, this.name) ?? '';
  }
}

function opState(sessionCookie: string): string {
  return sha256(`op-state ${sessionCookie}`);
}

/** The cookie of the sign-in, which takes the state for scripts along, where there is one. */
export class SessionCookie extends BrowserCookie {
  constructor(
    name: string,
    secure: boolean,
    private readonly opState: OpStateCookie | undefined,
  ) {
    super(name, secure);
  }

  override write(reply: FastifyReply, value: string, maxAgeSeconds?: number): void {
    super.write(reply, value, maxAgeSeconds);
    this.opState?.follow(reply, value);
  }
}
