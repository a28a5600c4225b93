import type { FastifyReply } from 'fastify';

/** A rendered page and what its content security policy must allow. */
export interface HtmlAnswer {
  readonly status: number;
  readonly html: string;
  /** Sources besides our own that a form of the page may end at; see `formTarget`. */
  readonly formTargets?: readonly string[];
  /** Addresses of the scripts that the page loads; they may ask our own pages again. */
  readonly scripts?: readonly string[];
  /** Sources of further scripts, of styles and of answers that those scripts need. */
  readonly scriptSources?: readonly string[];
  readonly styleSources?: readonly string[];
  readonly connectSources?: readonly string[];
  /** Origins that the page may frame. */
  readonly frameSources?: readonly string[];
  /** Set for a page that shows nothing and decides nothing, so that pages of any site may frame it. */
  readonly framedByAnyone?: true;
  /** The nonce of the page's own scripts and style elements. */
  readonly nonce?: string;
}

/** Answers with a page, with all headers of a page that takes credentials (RFC 9700 §4.2.4, §4.16). */
export function sendPage(reply: FastifyReply, answer: HtmlAnswer): FastifyReply {
  if (answer.framedByAnyone === true) void reply.removeHeader('x-frame-options');
  return reply
    .code(answer.status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', contentSecurityPolicy(answer))
    .send(answer.html);
}

/** The policy of a page: nothing from elsewhere, framed by nobody unless it says so. */
export function contentSecurityPolicy(answer: Omit<HtmlAnswer, 'status' | 'html'>): string {
  const nonce = answer.nonce === undefined ? [] : [`'nonce-${answer.nonce}'`];
  const scripts = [...(answer.scripts ?? []), ...(answer.scriptSources ?? [])];
  const directives: [string, readonly string[]][] = [
    ['default-src', ["'none'"]],
    ['script-src', [...nonce, ...scripts]],
    ['style-src', ["'self'", ...nonce, ...(answer.styleSources ?? [])]],
    ['img-src', ["'self'", 'data:']],
    ['connect-src', nonce.length + scripts.length === 0 ? [] : ["'self'", ...(answer.connectSources ?? [])]],
    ['frame-src', answer.frameSources ?? []],
    ['form-action', ["'self'", ...new Set(answer.formTargets ?? [])]],
    ['frame-ancestors', [answer.framedByAnyone === true ? '*' : "'none'"]],
    ['base-uri', ["'none'"]],
  ];
  return directives
    .filter(([, sources]) => sources.length > 0)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** The policy source for a form whose redirect chain ends at this URI: its origin, or its bare private scheme. */
export function formTarget(uri: string): string {
  const url = new URL(uri);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  // A policy cannot name an IPv6 address, so the scheme must do.
  return web && !url.hostname.startsWith('[') ? url.origin : url.protocol;
}

/** Answers with 303, which turns a POST into a GET and so never hands a form on (RFC 9700 §4.12). */
export function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.header('cache-control', 'no-store').code(303).redirect(url, 303);
}
