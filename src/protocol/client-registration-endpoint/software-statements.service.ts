import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { ClientTokenVerifier, decodedClaims } from '#keys/index.js';
import { IssuerSettings, RegistrationSettings, type StatementIssuer } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CLIENT_SIGNING_ALGORITHMS } from '#standards/jose.js';
import { InvalidSoftwareStatement, UnapprovedSoftwareStatement } from '../errors/oauth-error.js';
import { isObject } from './member-readers.js';

type Claims = Readonly<Record<string, unknown>>;

const LONGEST = 16 * 1024;
const EXPIRY_SKEW_SECONDS = 10;
const FUTURE_SKEW_SECONDS = 60;

/** Puts what a trusted issuer says of an application above what the application says itself (RFC 7591 §2.3, §3.1.1). */
@Injectable()
export class SoftwareStatements {
  constructor(
    private readonly settings: RegistrationSettings,
    private readonly issuer: IssuerSettings,
    private readonly verifier: ClientTokenVerifier,
    private readonly clock: Clock,
  ) {}

  /** The body with the members of its statement in the place of its own; as it is when it has no statement. */
  async applied(body: unknown, present?: Client): Promise<unknown> {
    const statement = isObject(body) ? body['software_statement'] : undefined;
    if (!isObject(body) || typeof statement !== 'string') return body;
    const claims = await this.claims(statement, present);
    const said = Object.entries(claims).filter(([, value]) => value !== null);
    // RFC 7591 §3.1.1: the statement takes precedence; §3.2.1: it is answered as it came
    return { ...body, ...Object.fromEntries(said), software_statement: statement };
  }

  private async claims(statement: string, present: Client | undefined): Promise<Claims> {
    if (statement.length > LONGEST) throw new InvalidSoftwareStatement('the statement is too long');
    const claims = decodedClaims(statement);
    const name = claims?.['iss'];
    if (claims === undefined || typeof name !== 'string') {
      throw new InvalidSoftwareStatement('the statement is not a JWT with an issuer'); // RFC 7591 §2.3: iss is a must
    }
    const trusted = this.settings.statementIssuers.find(({ issuer }) => issuer === name);
    if (trusted === undefined) throw new UnapprovedSoftwareStatement('the issuer of the statement is not trusted');
    // RFC 7592 §2.2: a client sends back what it has; that was checked when it came, and may have expired since
    return statement === present?.softwareStatement ? claims : this.verified(statement, trusted);
  }

  private async verified(statement: string, { issuer, jwks, jwksUri }: StatementIssuer): Promise<Claims> {
    const holder = {
      clientId: issuer,
      ...(jwks === undefined ? {} : { jwks }),
      ...(jwksUri === undefined ? {} : { jwksUri }),
    };
    const rules = { algorithms: CLIENT_SIGNING_ALGORITHMS, typ: [undefined, 'JWT'] };
    const verified = await this.verifier.verify(statement, holder, rules);
    if (verified.outcome === 'invalid') throw new InvalidSoftwareStatement(verified.detail);
    const problem = this.timeProblem(verified.claims) ?? this.audienceProblem(verified.claims);
    if (problem !== undefined) throw new InvalidSoftwareStatement(problem);
    return verified.claims;
  }

  /** RFC 7519 §4.1.4, §4.1.5: a statement need not end, but when it says so it does. */
  private timeProblem({ exp, nbf, iat }: Claims): string | undefined {
    const now = this.clock.epochSeconds();
    if (exp !== undefined && !(typeof exp === 'number' && exp + EXPIRY_SKEW_SECONDS > now)) return 'it has expired';
    const early = [nbf, iat].some(
      (at) => at !== undefined && !(typeof at === 'number' && at <= now + FUTURE_SKEW_SECONDS),
    );
    return early ? 'it is not good yet' : undefined;
  }

  /** RFC 7519 §4.1.3: one that names those it is for is for nobody else. */
  private audienceProblem({ aud }: Claims): string | undefined {
    const own = [this.issuer.issuer, this.issuer.url('/oauth2/register')];
    return aud === undefined || [aud].flat().some((one) => own.some((name) => name === one))
      ? undefined
      : 'it is for somebody else';
  }
}
