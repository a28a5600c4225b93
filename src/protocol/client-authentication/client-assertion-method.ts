import type { Client } from '#clients/index.js';
import type { Decision } from '#explanations/index.js';
import { decodedClaims, decodedHeader, type FailedVerification, type ForeignTokenVerification } from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { TokenType } from '#standards/jose.js';
import { JWT_BEARER_CLIENT_ASSERTION } from '#standards/oauth.js';
import { ReplayGuard } from '#tokens/index.js';
import { headerFact } from '../errors/header-fact.js';
import { InvalidClient } from '../errors/oauth-error.js';
import { assertionDecision, assertionProblem } from './client-assertion.js';
import { AuthenticationMethod, type ClientProof } from './client-authentication-method.js';
import type { AuthenticationAttempt, PresentedCredentials } from './presented-credentials.js';

/** RFC 7523 §3: what is accepted beyond `exp`, in seconds. */
const SKEW_SECONDS = 10;

/** RFC 10070 §4, RFC 8725 §3.11: the kinds of token that may be an assertion. */
const ASSERTION_TYPES = [TokenType.ClientAuthentication, 'JWT', undefined];

/** What an assertion must be signed like. */
export interface AssertionRules {
  readonly algorithms: readonly string[];
  readonly typ: readonly (string | undefined)[];
}

/** What became of checking the signature; where it is that of a secret, which one. */
export type AssertionVerification =
  | (Extract<ForeignTokenVerification, { outcome: 'valid' }> & ClientProof)
  | Extract<ForeignTokenVerification, { outcome: 'invalid' }>;

/** RFC 7523 §2.2, OIDC Core §9: a JWT in which the client says who it is; the methods differ in who can sign it. */
export abstract class ClientAssertionMethod extends AuthenticationMethod {
  constructor(
    private readonly replays: ReplayGuard,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Checks the signature with what the client proves itself with. */
  protected abstract verified(proof: string, client: Client, rules: AssertionRules): Promise<AssertionVerification>;

  /** The algorithm tells the methods apart: shared and public keys never mix (RFC 8725 §2.1). */
  isPresent({ parameters }: AuthenticationAttempt): boolean {
    const assertion = parameters.get('client_assertion');
    if (assertion === undefined && parameters.get('client_assertion_type') === undefined) return false;
    return isSymmetric(assertion) === this.algorithms.every((name) => name.startsWith('HS'));
  }

  read({ parameters }: AuthenticationAttempt): PresentedCredentials {
    const proof = parameters.get('client_assertion');
    if (proof === undefined || parameters.get('client_assertion_type') !== JWT_BEARER_CLIENT_ASSERTION) {
      throw new InvalidClient('client_assertion or its type is missing or unknown', {
        decision: incomplete({ assertion: proof !== undefined, type: false }),
      });
    }
    const clientId = decodedClaims(proof)?.['sub'];
    if (typeof clientId !== 'string') {
      const decision = incomplete({ assertion: true, type: true });
      throw new InvalidClient('client_assertion has no sub', { decision });
    }
    return { clientId, proof };
  }

  async verify(client: Client | undefined, { proof }: PresentedCredentials): Promise<ClientProof | undefined> {
    // No keys are fetched for whoever may not come in this way.
    if (client?.tokenEndpointAuthMethod !== this.name || client.status !== 'active') return undefined;
    const { tokenEndpointAuthSigningAlg: only } = client;
    const algorithms = only === undefined ? this.algorithms : [only];
    const verified = await this.verified(proof, client, { algorithms, typ: ASSERTION_TYPES });
    if (verified.outcome === 'invalid') {
      throw new InvalidClient(verified.detail, { decision: assertionUnverified(proof, verified, client) });
    }
    const { claims } = verified;
    const problem = assertionProblem(claims, client, this.issuer, this.clock.epochSeconds());
    if (problem !== undefined) {
      throw new InvalidClient(problem, {
        decision: assertionDecision(claims, client, this.issuer, this.clock.epochSeconds()),
      });
    }
    const until = new Date((Number(claims['exp']) + SKEW_SECONDS) * 1000);
    if (!(await this.replays.firstUse(client.clientId, String(claims['jti']), until))) {
      throw new InvalidClient('client_assertion was used before', {
        decision: { rule: 'client_assertion.replayed', clause: 'RFC 7523 §3', clientId: client.clientId, facts: {} },
      });
    }
    return { secretId: verified.secretId };
  }
}

/** RFC 7523 §2.2: the assertion and its type belong together, and the assertion names its client. */
function incomplete(facts: { readonly assertion: boolean; readonly type: boolean }): Decision {
  return { rule: 'client_assertion.incomplete', clause: 'RFC 7523 §2.2', facts };
}

/** RFC 7523 §3: the signature does not hold, and which key was named for it. */
function assertionUnverified(proof: string, { cause }: FailedVerification, { clientId }: Client): Decision {
  const { kid, alg } = decodedHeader(proof) ?? {};
  return {
    rule: 'client_assertion.signature',
    clause: 'RFC 7523 §3',
    clientId,
    facts: { cause, ...headerFact('kid', kid), ...headerFact('alg', alg) },
  };
}

function isSymmetric(assertion: string | undefined): boolean {
  const alg = assertion === undefined ? undefined : decodedHeader(assertion)?.['alg'];
  return typeof alg === 'string' && alg.startsWith('HS');
}
