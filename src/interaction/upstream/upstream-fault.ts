import type { FastifyRequest } from 'fastify';
import { queryParameter, rawQuery } from '#platform/http/index.js';
import { UPSTREAM_FAULTS } from '#views/index.js';
import type { SignInFault } from '../sign-in-place.js';

/** Why a sign-in through another service led back to the sign-in page, as its address says; nothing for any other word. */
export function upstreamFault(request: FastifyRequest): Pick<SignInFault, 'error'> | undefined {
  const said = queryParameter(rawQuery(request), 'upstream');
  const fault = UPSTREAM_FAULTS.find((one) => one === said);
  return fault === undefined ? undefined : { error: { kind: 'upstream', fault } };
}
