import type { FastifyReply } from 'fastify';
import type { IssuerSettings } from '#platform/config/index.js';
import { API_PATH } from './api-path.js';

/** Says where what was just made can be read (RFC 9110 §15.3.2). */
export function setLocation(
  reply: FastifyReply,
  issuer: Pick<IssuerSettings, 'url'>,
  ...segments: readonly string[]
): void {
  reply.header('location', issuer.url([API_PATH, ...segments.map(encodeURIComponent)].join('/')));
}
