import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientSecretsService, ClientsService } from '#clients/index.js';
import { ProblemDetails } from '#platform/http/index.js';
import { CompanySettingsService } from '#settings/index.js';
import type { ChangeRequest } from '../../changes/change-request.js';
import type { WrittenClient } from '../client-entrusting.service.js';
import { ClientRestorations } from '../client-restorations.service.js';
import { ClientWrites } from '../client-writes.service.js';
import { clientAnswer } from '../dto/client-wire.js';
import { settingsAnswer } from '../dto/settings.dto.js';
import { entityTag } from '../requests/entity-tag.js';
import { SettingsWrites } from '../settings-writes.service.js';

/** What an approved change was before and after it was made. */
export interface MadeChange {
  readonly before: object | undefined;
  readonly after: object;
  readonly clientId: string | undefined;
}

/**
 * Makes what was approved: by the ways that it would have gone without the rule, in the name of whoever approves, and only as
 * long as what it is about is as it was when it was asked for.
 */
@Injectable()
export class ApprovedChanges {
  constructor(
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly writes: ClientWrites,
    private readonly restorations: ClientRestorations,
    private readonly settings: CompanySettingsService,
    private readonly settingsWrites: SettingsWrites,
  ) {}

  /** Makes the change, in the transaction in which it was approved. */
  async make(request: FastifyRequest, change: ChangeRequest): Promise<MadeChange> {
    const { kind, clientId = '', body, version = 0 } = change;
    const before = await this.present(change);
    if (before !== undefined && entityTag(before) !== `"${change.baseTag ?? ''}"`) throw outdated();
    switch (kind) {
      case 'client.register':
        return this.written(before, await this.writes.register(request, body));
      case 'client.change':
        return this.written(before, following(before, await this.writes.change(request, clientId, body)));
      case 'client.restore':
        return this.written(before, following(before, await this.restorations.restore(request, clientId, version)));
      case 'settings.change':
        return this.changed(before, body);
    }
  }

  /** The settings are written only as they were judged. */
  private async changed(before: object | undefined, body: unknown): Promise<MadeChange> {
    const readAt = new Date(String((before as { readonly updated_at?: string } | undefined)?.updated_at));
    return { before, after: settingsAnswer(await this.settingsWrites.change(body, readAt)), clientId: undefined };
  }

  /** What a change is about, as it is now; nothing for what is to be made. */
  private async present({ kind, clientId = '' }: ChangeRequest): Promise<object | undefined> {
    if (kind === 'client.register') return undefined;
    if (kind === 'settings.change') return settingsAnswer(await this.settings.read());
    const client = await this.clients.find(clientId);
    if (client === undefined) throw outdated();
    return clientAnswer(client);
  }

  /** A secret that nobody is shown is none: whoever asked for the client makes one when it is there. */
  private async written(before: object | undefined, { client, secret }: WrittenClient): Promise<MadeChange> {
    if (secret !== undefined) await this.secrets.remove(client.clientId, secret.id);
    return { before, after: clientAnswer(client), clientId: client.clientId };
  }
}

/** A write that found somebody else's between it and what was judged came of something else than what was approved. */
function following(before: object | undefined, written: WrittenClient): WrittenClient {
  const { version = 0 } = (before ?? {}) as { readonly version?: number };
  if (written.client.version > version + 1) throw outdated();
  return written;
}

function outdated(): ProblemDetails {
  const detail = 'What it is about is not as it was when this was asked for; it must be asked for again.';
  return new ProblemDetails({ status: 409, detail });
}
