import type { Client } from '#clients/index.js';
import { InvalidRequest } from '../../errors/oauth-error.js';

/** RFC 9101 §10.5: a client that signs its requests is never spoken for by a link that anybody can write. */
export function checkSigned(client: Pick<Client, 'requireSignedRequestObject'>, signed: boolean): void {
  if (client.requireSignedRequestObject !== true || signed) return;
  throw new InvalidRequest('the client must send a signed request object', {
    description: 'The client must send a signed request object.',
    decision: { rule: 'signed_request.missing', clause: 'RFC 9101 §10.5', facts: {} },
  });
}
