import { Injectable } from '@nestjs/common';
import { Clock, Random } from '#platform/crypto/index.js';
import { Database, type Page, type PageRequest } from '#platform/database/index.js';
import { deliveryFrom, type Carried, type Delivery } from './delivery.js';
import type { OutboxCatalogue, OutboxTopic } from './outbox-catalogue.js';
import { OutboxCourier } from './outbox-courier.js';
import type { OutboxRow } from './outbox.entity.js';
import { OutboxRepository } from './outbox.repository.js';

/** Longer than deliveries are tried and then kept, so that only what nobody ever settled goes by this. */
const KEPT_AT_MOST_MS = 10 * 86_400_000;

/** Takes what must be carried outside if, and only if, the transaction in progress is committed. */
@Injectable()
export class Outbox {
  constructor(
    private readonly rows: OutboxRepository,
    private readonly courier: OutboxCourier,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Writes a row in the transaction in progress, and begins to deliver it once that is committed. */
  async add<T extends OutboxTopic>(topic: T, about: string, payload: OutboxCatalogue[T]): Promise<string> {
    const now = this.clock.now();
    const id = this.random.id();
    const row: OutboxRow = {
      id,
      topic,
      about,
      payload,
      status: 'pending',
      attempts: 0,
      nextAttemptAt: now,
      lastAttemptAt: null,
      lastError: null,
      responseStatus: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + KEPT_AT_MOST_MS),
    };
    await this.rows.add(row);
    this.database.afterCommit(() => {
      this.courier.hurry(row);
    });
    return id;
  }

  /** The newest rows of a topic with what they carry, the newest first; what was settled long ago is gone. */
  latest(topic: OutboxTopic, most: number): Promise<{ id: string; payload: unknown }[]> {
    return this.rows.latest(topic, most);
  }

  /** One page of the deliveries of a topic to somebody, the newest first. */
  async list(topic: OutboxTopic, about: string, request: PageRequest): Promise<Page<Delivery>> {
    const page = await this.rows.list(topic, about, request);
    return { ...page, items: page.items.map(deliveryFrom) };
  }

  /** The same with what is delivered, for the module whose topic it is. */
  async log<T extends OutboxTopic>(topic: T, about: string, request: PageRequest): Promise<Page<Carried<T>>> {
    const page = await this.rows.list(topic, about, request);
    return { ...page, items: page.items.map((row) => carriedFrom<T>(row)) };
  }

  /** One delivery of a topic to somebody, with what is delivered. */
  async logged<T extends OutboxTopic>(topic: T, about: string, id: string): Promise<Carried<T> | undefined> {
    const row = await this.rows.find(id);
    return row?.topic === topic && row.about === about ? carriedFrom<T>(row) : undefined;
  }
}

function carriedFrom<T extends OutboxTopic>(row: OutboxRow): Carried<T> {
  return { ...deliveryFrom(row), payload: row.payload as OutboxCatalogue[T] };
}
