import { Injectable } from '@nestjs/common';
import { AuditService, type AuditEvent } from '#audit/index.js';
import { ClientsService } from '#clients/index.js';
import { titleOf, UpstreamProvidersService } from '#federation/index.js';
import { InvalidCursor, type Page } from '#platform/database/index.js';
import type { HistoryEntry } from '#views/index.js';
import { historyEntry } from './history-entry.js';

const ENTRIES_ON_A_PAGE = 20;
const ENTRIES_AT_ONCE = 500;
/** Of an account that is attacked for months there are many. */
const MOST_ENTRIES = 20_000;

/** Tells users what happened to them, with the names of what it was about. */
@Injectable()
export class SecurityHistory {
  constructor(
    private readonly audit: AuditService,
    private readonly clients: ClientsService,
    private readonly providers: UpstreamProvidersService,
  ) {}

  /** One page, the newest first; undefined when the cursor is none of ours. */
  async page(userId: string, cursor?: string): Promise<Page<HistoryEntry> | undefined> {
    try {
      const { items, nextCursor } = await this.audit.ofUser(userId, { limit: ENTRIES_ON_A_PAGE, cursor });
      const names = await this.names(items);
      return { items: items.map((event) => historyEntry(event, userId, names)), nextCursor };
    } catch (error) {
      if (error instanceof InvalidCursor) return undefined;
      throw error;
    }
  }

  /** The newest of all, as many as somebody could want to take away. */
  async all(userId: string): Promise<HistoryEntry[]> {
    const entries: HistoryEntry[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await this.audit.ofUser(userId, { limit: ENTRIES_AT_ONCE, cursor });
      const names = await this.names(items);
      entries.push(...items.map((event) => historyEntry(event, userId, names)));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined && entries.length < MOST_ENTRIES);
    return entries;
  }

  /** What the clients and providers are called, by their ids. */
  private async names(events: readonly AuditEvent[]): Promise<ReadonlyMap<string, string>> {
    const clientIds = [...new Set(events.flatMap(({ clientId }) => clientId ?? []))];
    const clients = await this.clients.findMany(clientIds);
    const linked = events.some(({ name }) => name.startsWith('identity.'));
    const providers = linked ? [...(await this.providers.known()).values()] : [];
    return new Map([
      ...clients.map(({ clientId, clientName }) => [clientId, clientName ?? clientId] as const),
      ...providers.map((provider) => [provider.id, titleOf(provider)] as const),
    ]);
  }
}
