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

/** Sets what an answer says about who may read it; nothing is waited for unless an origin has to be looked up. */
export function setCorsHeaders(
  reply: FastifyReply,
  policy: CorsPolicy,
  origin: string | undefined,
  origins: CorsOrigins | undefined,
): Promise<void> | undefined {
  if (policy === 'public') {
    reply.header('access-control-allow-origin', '*');
    return undefined;
  }
  reply.header('vary', 'Origin');
  if (origin === undefined || origin === 'null' || origins === undefined) return undefined;
  return allowOrigin(reply, origin, origins);
}

// Never credentials, never `null`.
async function allowOrigin(reply: FastifyReply, origin: string, origins: CorsOrigins): Promise<void> {
  if (!(await origins.allows(origin))) return;
  reply.header('access-control-allow-origin', origin);
  // RFC 9449 §8.2: scripts must see the nonce and the challenge.
  reply.header('access-control-expose-headers', 'DPoP-Nonce, WWW-Authenticate, X-Request-Id');
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
