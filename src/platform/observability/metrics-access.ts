import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isLocalPeer } from '#platform/http/index.js';

/** Says whether a request may read the metrics. */
export type MetricsReader = (request: FastifyRequest) => Promise<boolean>;

/** Who may read the metrics: programs on this machine, and whomever others admit. */
@Injectable()
export class MetricsAccess {
  private readonly readers: MetricsReader[] = [];

  /** Admits further readers, as bearers of `metrics:read`. */
  admit(reader: MetricsReader): void {
    this.readers.push(reader);
  }

  async allows(request: FastifyRequest): Promise<boolean> {
    if (isLocalPeer(request)) return true;
    for (const reader of this.readers) if (await reader(request)) return true;
    return false;
  }
}
