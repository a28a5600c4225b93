import { Injectable, Logger } from '@nestjs/common';
import { OutboundHttp } from '#platform/http/index.js';
import type { ClientMetadataInput, MetadataProblem } from './client-metadata.js';
import { fetchedUriProblem } from './uri-rules.js';

/** What of a client decides whether its sector is its own. */
type SectorClaim = Pick<ClientMetadataInput, 'sectorIdentifierUri' | 'redirectUris'>;

/** Asks the host that a client names as its sector whether it knows the client (OIDC Registration §5). */
@Injectable()
export class SectorIdentifiers {
  private readonly logger = new Logger('clients');

  constructor(private readonly http: OutboundHttp) {}

  /** What is wrong with the sector of a client that is otherwise right; asked again when sector or redirect URIs change. */
  async problems(wanted: SectorClaim, present?: SectorClaim): Promise<MetadataProblem[]> {
    const { sectorIdentifierUri: uri, redirectUris = [] } = wanted;
    if (uri === undefined || fetchedUriProblem(uri) !== undefined) return [];
    const known = present?.sectorIdentifierUri === uri ? present.redirectUris : undefined;
    if (known !== undefined && redirectUris.every((redirectUri) => known.includes(redirectUri))) return [];
    const listed = await this.listed(uri);
    if (listed === undefined) return [problem('cannot be read as a JSON array of redirect URIs')];
    return redirectUris.every((redirectUri) => listed.includes(redirectUri))
      ? []
      : [problem('leads to a list without all of the redirect_uris')];
  }

  /** The array of the document; what went wrong is for the operator alone (RFC 9700 §4.15). */
  private async listed(uri: string): Promise<readonly unknown[] | undefined> {
    const answer = await this.http.get(uri, ['application/json']);
    const listed = answer.outcome === 'answered' ? arrayOfTexts(answer.body) : undefined;
    if (listed === undefined) {
      const why = answer.outcome === 'failed' ? answer.detail : 'the answer is no JSON array of texts';
      this.logger.warn(`the sector identifier document at ${uri} is of no use: ${why}`);
    }
    return listed;
  }
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
