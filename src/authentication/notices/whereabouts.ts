import { currentRequest } from '#platform/http/index.js';
import type { Happening } from '#views/index.js';

/** Where something was done, as far as the request knows it. */
export type Whereabouts = Omit<Happening, 'at' | 'place'>;

/** Where the user is who does it themself; undefined when it is not the user: where an administrator is, is not the user's business. */
export function ownWhereabouts(userId: string): Whereabouts | undefined {
  const request = currentRequest();
  if (request === undefined || request.actor?.id !== userId) return undefined;
  return { address: request.address, userAgent: request.userAgent };
}

/** Where whoever is answered may be assumed to be the user: also when nobody has said yet who they are. */
export function whereabouts(userId: string): Whereabouts {
  const request = currentRequest();
  if (request === undefined || (request.actor !== undefined && request.actor.id !== userId)) return {};
  return { address: request.address, userAgent: request.userAgent };
}
