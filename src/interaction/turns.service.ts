import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientsService } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, queryParameter, rawQuery, redirect } from '#platform/http/index.js';
import { InteractionRefusals } from './interaction-refusals.service.js';
import { InteractionsService } from './interactions.service.js';
import type { Turn } from './turn.js';
import { Visitors } from './visitors.service.js';

/** Opens the interaction that a request names, for the browser it belongs to, and leads back to the request it paused. */
@Injectable()
export class Turns {
  constructor(
    private readonly interactions: InteractionsService,
    private readonly clients: ClientsService,
    private readonly visitors: Visitors,
    private readonly cookies: BrowserCookies,
    private readonly refusals: InteractionRefusals,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Which interaction the request names, if any. */
  named(request: FastifyRequest): string | undefined {
    return queryParameter(rawQuery(request), 'interaction');
  }

  /** The visit; undefined when it was answered with an error page, as nothing can go on here. */
  async open(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string = this.named(request) ?? '',
  ): Promise<Turn | undefined> {
    const browser = this.cookies.browser.read(request);
    const loaded = await this.interactions.load(id, browser);
    if (loaded.outcome !== 'live') {
      await this.refusals.lost(request, reply, loaded);
      return undefined;
    }
    const { interaction } = loaded;
    const client = await this.clients.known(interaction.clientId);
    if (client === undefined || browser === undefined) {
      await this.refusals.lost(request, reply, { outcome: 'unknown' });
      return undefined;
    }
    return { ...(await this.visitors.identify(request, interaction.facts.uiLocales)), browser, interaction, client };
  }

  /** The address of a page within the interaction, as a form posts to it. */
  address(path: string, { interaction }: Turn): string {
    return `${this.issuer.path(path)}?interaction=${interaction.id}`;
  }

  /** Back to the authorization request, which is judged anew with what was answered. */
  resume(reply: FastifyReply, { interaction }: Turn): void {
    void redirect(reply, this.issuer.path(`/oauth2/authorize/${interaction.id}`));
  }

  /** The user says no: the client gets `access_denied` (RFC 6749 §4.1.2.1). */
  async deny(reply: FastifyReply, turn: Turn): Promise<void> {
    await this.interactions.record(turn.interaction, (soFar) => ({ ...soFar, denied: true }));
    this.resume(reply, turn);
  }

  /** A form that is not from our own page, or not for this: nothing happens, and the page can be shown again. */
  refuseForm(request: FastifyRequest, reply: FastifyReply, turn: Turn, path: string): void {
    this.refusals.form(request, reply, this.address(path, turn), turn.interaction.facts.uiLocales);
  }
}
