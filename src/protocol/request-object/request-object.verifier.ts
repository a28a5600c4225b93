import { Injectable } from '@nestjs/common';
import { REQUEST_OBJECT_ALGORITHMS, type Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import {
  ClientTokenVerifier,
  decodedHeader,
  isEncrypted,
  TokenDecrypter,
  type VerificationFailure,
} from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CONTENT_ENCRYPTION_ALGORITHMS, KEY_ENCRYPTION_ALGORITHMS, TokenType } from '#standards/jose.js';
import { ReplayGuard } from '#tokens/index.js';
import { InvalidRequest, InvalidRequestObject } from '../errors/oauth-error.js';
import type { OAuthParameters } from '../parameters/oauth-parameters.js';
import { headerFact } from '../errors/header-fact.js';
import { innerParameters } from './inner-parameters.js';
import { EXPIRY_SKEW_SECONDS, requestObjectDecision, requestObjectProblem } from './request-object-claims.js';

/** RFC 9101 §10.8: the kinds of token that may be a request object. */
const REQUEST_OBJECT_TYPES = [TokenType.RequestObject, 'JWT', undefined];

/** How long a `jti` is remembered at most, however long its object is good. */
const LONGEST_MEMORY_SECONDS = 30 * 86_400;

/** Opens request objects: decrypts, checks who signed them and what they say, and hands out the parameters inside. */
@Injectable()
export class RequestObjectVerifier {
  constructor(
    private readonly decrypter: TokenDecrypter,
    private readonly verifier: ClientTokenVerifier,
    private readonly replays: ReplayGuard,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
  ) {}

  /** The parameters that the client signed (RFC 9101 §6); throws `InvalidRequestObject` when it did not. */
  async open(object: string, client: Client): Promise<OAuthParameters> {
    const signed = isEncrypted(object) ? await this.decrypted(object, client) : object;
    const { requestObjectSigningAlg: only } = client;
    const algorithms = only === undefined ? REQUEST_OBJECT_ALGORITHMS : [only];
    const verified = await this.verifier.verify(signed, client, { algorithms, typ: REQUEST_OBJECT_TYPES });
    if (verified.outcome === 'invalid') {
      throw unverifiable(verified.detail, objectUnverified(signed, verified.cause, client));
    }
    const { claims } = verified;
    const problem = requestObjectProblem(claims, client, this.issuer, this.clock.epochSeconds());
    if (problem !== undefined) {
      throw faulty(problem, requestObjectDecision(claims, client, this.issuer, this.clock.epochSeconds()));
    }
    const inner = innerParameters(claims);
    if (!inner.ok) throw faulty(inner.detail, seen('request_object.parameters', client));
    checkClient(inner.parameters, client);
    await this.checkReplay(claims, client);
    return inner.parameters;
  }

  /** RFC 9101 §6.1: nested, the signed object inside; what the client registered is all that it may use. */
  private async decrypted(object: string, client: Client): Promise<string> {
    const { requestObjectEncryptionAlg: alg, requestObjectEncryptionEnc: enc } = client;
    const decryption = await this.decrypter.decrypt(object, {
      algorithms: alg === undefined ? KEY_ENCRYPTION_ALGORITHMS : [alg],
      encryptions: alg === undefined || enc === undefined ? CONTENT_ENCRYPTION_ALGORITHMS : [enc],
      cty: ['JWT', TokenType.RequestObject],
    });
    if (decryption.outcome === 'invalid') {
      throw unverifiable(decryption.detail, seen('request_object.encryption', client));
    }
    return decryption.content;
  }

  /** RFC 7519 §4.1.7: a client that names its object wants it to be good for one request. */
  private async checkReplay({ jti, exp }: Readonly<Record<string, unknown>>, client: Client): Promise<void> {
    if (typeof jti !== 'string') return;
    const longest = this.clock.epochSeconds() + LONGEST_MEMORY_SECONDS;
    const until = typeof exp === 'number' ? Math.min(exp + EXPIRY_SKEW_SECONDS, longest) : longest;
    const first = await this.replays.firstUse(`request object of ${client.clientId}`, jti, new Date(until * 1000));
    if (!first) throw faulty('jti was used before', seen('request_object.replayed', client));
  }
}

/** RFC 9101 §5, §6.3: the client that sends the object must be the one that it speaks for. */
function checkClient(inner: OAuthParameters, client: Client): void {
  if (inner.get('client_id') === client.clientId) return;
  throw new InvalidRequest('client_id in the request object is missing or another', {
    description: 'The client_id of the request and that in its request object differ.',
    decision: seen('request_object.client', client),
  });
}

function unverifiable(detail: string, decision: Decision): InvalidRequestObject {
  return new InvalidRequestObject(`the request object cannot be verified: ${detail}`, {
    description: 'The request object cannot be verified.',
    decision,
  });
}

function faulty(problem: string, decision: Decision): InvalidRequestObject {
  return new InvalidRequestObject(problem, { description: `The request object is not valid: ${problem}.`, decision });
}

function seen(rule: string, { clientId }: Client, facts: Decision['facts'] = {}): Decision {
  return { rule, clause: 'RFC 9101 §6', clientId, facts };
}

/** Which key was named for a signature that does not hold. */
function objectUnverified(object: string, cause: VerificationFailure, client: Client): Decision {
  const { kid, alg } = decodedHeader(object) ?? {};
  return seen('request_object.signature', client, { cause, ...headerFact('kid', kid), ...headerFact('alg', alg) });
}
