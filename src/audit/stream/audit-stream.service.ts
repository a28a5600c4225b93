import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { auditEventFrom } from '../audit-event.js';
import type { AuditEventRow } from '../audit-event.entity.js';
import { AuditEventsRepository } from '../audit-events.repository.js';
import type { AuditDestination, SealedEvent } from './audit-destination.js';
import { AUDIT_DESTINATIONS } from './audit-destinations.js';
import type { AuditStreamPosition } from './audit-stream-position.entity.js';
import { AuditStreamPositionsRepository } from './audit-stream-positions.repository.js';

const AT_ONCE = 200;
/** Shorter than the lease of a job, so that nobody else begins meanwhile. */
const LONGEST_RUN_MS = 60_000;
const FIRST_DELAY_SECONDS = 5;
const LONGEST_DELAY_SECONDS = 300;

/** Tells destinations outside what was sealed, in its order and at least once, each from where it has got to. */
@Injectable()
export class AuditStream {
  readonly #logger = new Logger('audit');

  constructor(
    @Inject(AUDIT_DESTINATIONS) readonly destinations: readonly AuditDestination[],
    private readonly positions: AuditStreamPositionsRepository,
    private readonly events: AuditEventsRepository,
    private readonly clock: Clock,
  ) {}

  /** Delivers what a destination has not been told, unless it failed a moment ago. */
  async run(destination: AuditDestination, signal?: AbortSignal): Promise<void> {
    const begun = await this.positionOf(destination);
    if (begun.nextAttemptAt > this.clock.now()) return;
    const deadline = this.clock.now().getTime() + LONGEST_RUN_MS;
    let standing: AuditStreamPosition | undefined = begun;
    while (standing !== undefined && signal?.aborted !== true && this.clock.now().getTime() < deadline) {
      standing = await this.deliverSome(destination, standing);
    }
  }

  /** How many sealed rows a destination has not been told. */
  async lag({ name }: AuditDestination): Promise<number> {
    const position = (await this.positions.find(name))?.position ?? 0;
    return this.events.sealedCountAfter(position);
  }

  /** Where it stands after some more; nothing when there is no more, it failed, or somebody else was faster. */
  private async deliverSome(
    destination: AuditDestination,
    standing: AuditStreamPosition,
  ): Promise<AuditStreamPosition | undefined> {
    const events = (await this.events.sealedAfter(standing.position, AT_ONCE)).map(sealedEvent);
    const last = events.at(-1);
    if (last === undefined) return undefined;
    try {
      await destination.deliver(events);
    } catch (error) {
      await this.postpone(standing, error);
      return undefined;
    }
    const noted = await this.positions.advance(destination.name, standing.position, last.sequence);
    return noted ? { ...standing, position: last.sequence, failures: 0 } : undefined;
  }

  private async postpone(standing: AuditStreamPosition, error: unknown): Promise<void> {
    const { destination, failures } = standing;
    const seconds = Math.min(FIRST_DELAY_SECONDS * 2 ** Math.min(failures, 10), LONGEST_DELAY_SECONDS);
    const detail = error instanceof Error ? error.message : String(error);
    this.#logger.warn(`the audit ${destination} takes nothing and is tried again in ${seconds} s: ${detail}`);
    await this.positions.failed(standing, new Date(this.clock.now().getTime() + seconds * 1000));
  }

  private async positionOf({ name }: AuditDestination): Promise<AuditStreamPosition> {
    const found = await this.positions.find(name);
    if (found !== null) return found;
    await this.positions.begin(name, this.clock.now());
    return (
      (await this.positions.find(name)) ?? {
        destination: name,
        position: 0,
        failures: 0,
        nextAttemptAt: this.clock.now(),
      }
    );
  }
}

function sealedEvent(row: AuditEventRow): SealedEvent {
  return { ...auditEventFrom(row), sequence: Number(row.sequence) };
}
