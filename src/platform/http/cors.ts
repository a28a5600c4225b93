import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';

/** `public`: any origin may read the answer. `clients`: only origins that `CorsOrigins` knows. */
export type CorsPolicy = 'public' | 'clients';

/** Says which origins belong to registered browser clients; the protocol provides it. */
export abstract class CorsOrigins {
  abstract allows(origin: string): Promise<boolean>;
}

/** Lets scripts of other origins read the answers of a route (RFC 6749 says nothing; OIDC Core §5.3). */
export function Cors(policy: CorsPolicy): MethodDecorator {
  return RouteConfig({ cors: policy });
}

/** Sets what the answer to a cross-origin request says about who may read it. Never credentials, never `null`. */
export async function setCorsHeaders(
  reply: FastifyReply,
  policy: CorsPolicy,
  origin: string | undefined,
  origins: CorsOrigins | undefined,
): Promise<boolean> {
  if (policy === 'public') {
    reply.header('access-control-allow-origin', '*');
    return true;
  }
  reply.header('vary', 'Origin');
  const allowed = origin !== undefined && origin !== 'null' && (await origins?.allows(origin)) === true;
  if (!allowed) return false;
  reply.header('access-control-allow-origin', origin);
  // RFC 9449 §8.2: scripts must see the nonce and the challenge.
  reply.header('access-control-expose-headers', 'DPoP-Nonce, WWW-Authenticate, X-Request-Id');
  return true;
}

/** Answers a preflight request of an origin that may go on. */
export function sendPreflight(reply: FastifyReply, methods: readonly string[]): FastifyReply {
  return reply
    .header('access-control-allow-methods', methods.join(', '))
    .header('access-control-allow-headers', 'authorization, content-type, dpop')
    .header('access-control-max-age', '600')
    .code(204)
    .send();
}
