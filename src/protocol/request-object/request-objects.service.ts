import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { InvalidRequest } from '../errors/oauth-error.js';
import type { OAuthParameters } from '../parameters/oauth-parameters.js';
import { RequestObjectVerifier } from './request-object.verifier.js';
import { RequestUris } from './request-uris.service.js';

/** The parameters that count, and whether the client signed them. */
export interface ResolvedRequest {
  readonly parameters: OAuthParameters;
  readonly signed: boolean;
}

/** Puts what is in a request object in the place of what was sent beside it (RFC 9101 §6.3, OIDC Core §6). */
@Injectable()
export class RequestObjects {
  constructor(
    private readonly verifier: RequestObjectVerifier,
    private readonly uris: RequestUris,
  ) {}

  /** Throws errors to be shown: until the object is verified, no redirect URI can be trusted (RFC 9101 §6). */
  async resolve(received: OAuthParameters, client: Client, address: string): Promise<ResolvedRequest> {
    const [byValue, byReference] = [received.get('request'), received.get('request_uri')];
    if (byValue === undefined && byReference === undefined) return { parameters: received, signed: false };
    checkSent(received);
    const object = byValue ?? (await this.uris.fetch(received.require('request_uri'), client, address));
    return { parameters: await this.verifier.open(object, client), signed: true };
  }
}

/** RFC 9101 §5: one of the two, and of a length that can be read. */
function checkSent(received: OAuthParameters): void {
  if (received.list('request').length + received.list('request_uri').length > 1) {
    throw new InvalidRequest('request and request_uri together', {
      description: 'The parameters request and request_uri exclude each other.',
    });
  }
  if (received.overlong.some((name) => name === 'request' || name === 'request_uri')) {
    throw new InvalidRequest('request or request_uri is too long', {
      description: 'The request or request_uri is too long.',
    });
  }
}
