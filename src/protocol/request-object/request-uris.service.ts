import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { plainAddress, type Decision } from '#explanations/index.js';
import { OutboundHttp } from '#platform/http/index.js';
import { InvalidRequestUri } from '../errors/oauth-error.js';
import { isRegisteredRequestUri } from './registered-request-uri.js';
import { RequestUriRate } from './request-uri-rate.js';

/** RFC 9101 §5.2.3, and what OIDC Core §6.2 leaves open. */
const MEDIA_TYPES = ['application/oauth-authz-req+jwt', 'application/jwt'];

/** Fetches request objects from where clients put them; nothing is kept, as they may change with each request. */
@Injectable()
export class RequestUris {
  constructor(
    private readonly http: OutboundHttp,
    private readonly rate: RequestUriRate,
  ) {}

  /** The object at a registered place (OIDC Core §6.2, RFC 9101 §5.2); who asks learns nothing of why it cannot be had. */
  async fetch(uri: string, client: Client, address: string): Promise<string> {
    if (!isRegisteredRequestUri(uri, client)) {
      throw new InvalidRequestUri(`request_uri is not registered for ${client.clientId}`, {
        description: 'The request_uri is not registered for this client.',
        decision: seen('request_uri.unregistered', uri, client),
      });
    }
    await this.rate.count(address);
    const answer = await this.http.get(uri, MEDIA_TYPES);
    if (answer.outcome === 'failed') {
      throw new InvalidRequestUri(`the request object cannot be fetched: ${answer.detail}`, {
        decision: seen('request_uri.unreachable', uri, client),
      });
    }
    return answer.body.toString('latin1').trim();
  }
}

function seen(rule: string, uri: string, { clientId }: Client): Decision {
  return { rule, clause: 'RFC 9101 §5.2', clientId, facts: { request_uri: plainAddress(uri) } };
}
