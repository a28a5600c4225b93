import { Injectable, Logger } from '@nestjs/common';
import { hostOf, OutboundHttp } from '#platform/http/index.js';
import type { ClientMetadataInput, MetadataProblem } from './client-metadata.js';
import { fetchedUriProblem } from './uri-rules.js';

/** What of a client decides whether its sector is its own. */
export type SectorClaim = Pick<ClientMetadataInput, 'sectorIdentifierUri' | 'redirectUris'>;

/** What was found at a `sector_identifier_uri`. */
export interface SectorDocument {
  readonly uri: string;
  /** The redirect URIs of the sector; absent when they could not be had. */
  readonly listed?: readonly string[];
}

/** Asks the host that a client names as its sector whether it knows the client (OIDC Registration §5). */
@Injectable()
export class SectorIdentifiers {
  private readonly logger = new Logger('clients');

  constructor(private readonly http: OutboundHttp) {}

  /** What is wrong with the sector of a client that is otherwise right; not for use inside a transaction. */
  async problems(wanted: SectorClaim, present?: SectorClaim): Promise<MetadataProblem[]> {
    const uri = sectorToAsk(wanted, present);
    return uri === undefined ? [] : sectorProblems(wanted, await this.document(uri));
  }

  /** Fetches a document; what went wrong is for the operator alone (RFC 9700 §4.15). */
  async document(uri: string): Promise<SectorDocument> {
    const answer = await this.http.get(uri, ['application/json']);
    const listed = answer.outcome === 'answered' ? arrayOfTexts(answer.body) : undefined;
    if (listed !== undefined) return { uri, listed };
    const why = answer.outcome === 'failed' ? answer.detail : 'the answer is no JSON array of texts';
    this.logger.warn(`the sector identifier document of ${hostOf(uri)} is of no use: ${why}`);
    return { uri };
  }
}

/** The document that has to be asked about a client: that of a new sector, and again when redirect URIs come in. */
export function sectorToAsk(wanted: SectorClaim, present?: SectorClaim): string | undefined {
  const { sectorIdentifierUri: uri, redirectUris = [] } = wanted;
  if (uri === undefined || fetchedUriProblem(uri) !== undefined) return undefined;
  const known = present?.sectorIdentifierUri === uri ? present.redirectUris : undefined;
  return known !== undefined && redirectUris.every((redirectUri) => known.includes(redirectUri)) ? undefined : uri;
}

/** What is wrong with a client by the document of its sector. */
export function sectorProblems({ redirectUris = [] }: SectorClaim, { listed }: SectorDocument): MetadataProblem[] {
  if (listed === undefined) return [problem('cannot be read as a JSON array of redirect URIs')];
  return redirectUris.every((redirectUri) => listed.includes(redirectUri))
    ? []
    : [problem('leads to a list without all of the redirect_uris')];
}

function arrayOfTexts(body: Buffer): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

function problem(detail: string): MetadataProblem {
  return { pointer: '#/sector_identifier_uri', detail, error: 'invalid_client_metadata' };
}
