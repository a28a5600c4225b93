import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { hostOf, OutboundHttp } from '#platform/http/index.js';
import { ClientsService } from '../clients.service.js';
import { imageType, LOGO_TYPES } from './image-type.js';
import { logoVersion } from './logo-path.js';

/** A picture that browsers may be shown as ours. */
export interface ClientLogo {
  readonly mediaType: (typeof LOGO_TYPES)[number];
  readonly content: Buffer;
}

interface Remembered {
  readonly logo: Promise<ClientLogo | undefined>;
  /** When it was asked for, and how long the answer counts; in seconds. */
  readonly askedAt: number;
  seconds: number;
}

/** With the most that the guarded door lets in, 64 KiB each, that is 12.5 MiB. */
const MOST_LOGOS = 200;
const KEPT_SECONDS = 24 * 60 * 60;
const RETRY_SECONDS = 5 * 60;

/** The logos of clients, fetched by us so that no third party learns who signs in where (RFC 9700 §4.2.4). */
@Injectable()
export class ClientLogos {
  private readonly logger = new Logger('clients');
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly clients: ClientsService,
    private readonly http: OutboundHttp,
    private readonly clock: Clock,
  ) {}

  /** The logo that a page links to; nothing when the client has another one by now, or it cannot be had. */
  async find(clientId: string, version: string): Promise<ClientLogo | undefined> {
    const client = await this.clients.find(clientId);
    if (client?.status !== 'active' || client.logoUri === undefined) return undefined;
    return logoVersion(client.logoUri) === version ? this.at(client.logoUri) : undefined;
  }

  /** Asks once for all who wait, and remembers failures as well, for a shorter while. */
  private at(uri: string): Promise<ClientLogo | undefined> {
    const now = this.clock.epochSeconds();
    const known = this.remembered.get(uri);
    this.remembered.delete(uri);
    const current = known !== undefined && now - known.askedAt < known.seconds ? known : this.asked(uri, now);
    this.remembered.set(uri, current); // the last used is the last to be forgotten
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > MOST_LOGOS && oldest !== undefined) this.remembered.delete(oldest);
    return current.logo;
  }

  private asked(uri: string, askedAt: number): Remembered {
    const asking: Remembered = { logo: this.fetch(uri), askedAt, seconds: RETRY_SECONDS };
    void asking.logo.then((logo) => {
      if (logo !== undefined) asking.seconds = KEPT_SECONDS;
    });
    return asking;
  }

  private async fetch(uri: string): Promise<ClientLogo | undefined> {
    const answer = await this.http.get(uri, LOGO_TYPES);
    const mediaType = answer.outcome === 'answered' ? imageType(answer.body) : undefined;
    if (answer.outcome === 'answered' && mediaType !== undefined) return { mediaType, content: answer.body };
    const why = answer.outcome === 'failed' ? answer.detail : 'the answer is no PNG, JPEG, GIF or WebP image';
    this.logger.warn(`a logo of ${hostOf(uri)} is of no use: ${why}`);
    return undefined;
  }
}
