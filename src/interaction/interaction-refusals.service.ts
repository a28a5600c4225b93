import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientsService } from '#clients/index.js';
import { Explanations, type Decision } from '#explanations/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { ErrorPages, type ErrorKind } from '#views/index.js';
import { wayBack } from './cards.js';
import type { LoadedInteraction } from './interaction.js';

/** An interaction that this browser cannot go on with. */
export type LostInteraction = Exclude<LoadedInteraction, { readonly outcome: 'live' }>;

const KINDS = {
  unknown: 'expired',
  expired: 'expired',
  foreign: 'foreign',
  ended: 'finished',
} as const satisfies Record<LostInteraction['outcome'], ErrorKind>;

/** RFC 9700 §4.7: a form that this service did not give this browser for this. */
const FOREIGN_FORM: Decision = { rule: 'form.foreign', clause: 'RFC 9700 §4.7', facts: {} };

/** RFC 6749 §10.12: a state that belongs to no sign-in of this browser. */
const NOBODY_WAITS: Decision = { rule: 'upstream.lost', clause: 'RFC 6749 §10.12', facts: {} };

function lostDecision(lost: LostInteraction): Decision {
  const clientId = lost.outcome === 'unknown' ? undefined : lost.clientId;
  return { rule: 'interaction.lost', clause: 'RFC 9700 §4.7', clientId, facts: { outcome: lost.outcome } };
}

/** Says why an interaction cannot go on, and shows the way back to the client. */
@Injectable()
export class InteractionRefusals {
  constructor(
    private readonly clients: ClientsService,
    private readonly errorPages: ErrorPages,
    private readonly explanations: Explanations,
    private readonly issuer: IssuerSettings,
  ) {}

  /** The interaction is unknown, another browser's, given up or answered before. */
  async lost(request: FastifyRequest, reply: FastifyReply, lost: LostInteraction): Promise<void> {
    const client = lost.outcome === 'unknown' ? undefined : await this.clients.find(lost.clientId);
    this.explanations.note(request, { error: 'invalid_request', decision: lostDecision(lost) });
    const back = lost.outcome === 'unknown' ? {} : wayBack(client, lost.redirectUri, this.issuer.issuer);
    this.errorPages.send(request, reply, { kind: KINDS[lost.outcome], ...back });
  }

  /** The answer of another service belongs to nothing that can go on here. */
  upstream(request: FastifyRequest, reply: FastifyReply): void {
    this.explanations.note(request, { error: 'login_required', decision: NOBODY_WAITS });
    this.errorPages.send(request, reply, { kind: 'expired', continueUrl: this.issuer.path('/sign-in') });
  }

  /** A form that is not from our own page, or not for this: nothing happens, and the page can be shown again. */
  form(request: FastifyRequest, reply: FastifyReply, page: string, uiLocales: string | undefined): void {
    this.explanations.note(request, { error: 'invalid_request', decision: FOREIGN_FORM });
    this.errorPages.send(request, reply, { kind: 'form', uiLocales, continueUrl: page });
  }
}
