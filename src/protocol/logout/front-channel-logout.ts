import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Random } from '#platform/crypto/index.js';
import { formTarget, type HtmlAnswer } from '#platform/http/index.js';
import type { EndedSession } from '#sessions/index.js';
import { SigningOutPage, ViewsService, type Locale } from '#views/index.js';
import { SubjectIdentifiers } from '../claims/subject-identifier.js';
import { frontChannelUri } from './front-channel-uri.js';

const NONCE_BYTES = 16;

/** Lets the browser sign out at every client of a session that wants it so (OIDC Front-Channel Logout §3). */
@Injectable()
export class FrontChannelLogout {
  constructor(
    private readonly clients: ClientsService,
    private readonly views: ViewsService,
    private readonly issuer: IssuerSettings,
    private readonly random: Random,
    private readonly subjects: SubjectIdentifiers,
  ) {}

  /** The page that shows the clients' frames and then goes on; nothing when no client has one. */
  async page(ended: EndedSession, continueUrl: string, locale: Locale): Promise<HtmlAnswer | undefined> {
    const frames = await this.frames(ended);
    if (frames.length === 0) return undefined;
    const nonce = this.random.secret(NONCE_BYTES);
    const html = this.views.render(SigningOutPage, { frames, continueUrl, nonce }, locale);
    return { status: 200, html, nonce, frameSources: [...new Set(frames.map(formTarget))] };
  }

  private async frames({ id, clientIds }: EndedSession): Promise<string[]> {
    const clients = (await this.clients.findMany(clientIds)).filter(({ status }) => status === 'active');
    const { issuer } = this.issuer;
    return clients.flatMap(
      (client) => frontChannelUri(client, { issuer, sid: this.subjects.ofSession(id, client) }) ?? [],
    );
  }
}
