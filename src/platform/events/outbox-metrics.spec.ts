import { expect, it } from 'vitest';
import { SystemClock } from '#platform/crypto/index.js';
import { Metrics } from '#platform/observability/index.js';
import { OutboxMetrics } from './outbox-metrics.js';
import type { OutboxRepository } from './outbox.repository.js';

it('the other measurements are there while the database is away', async () => {
  const observed = new Metrics();
  const away = { waiting: () => Promise.reject(new Error('the database is away')) };
  const metrics = new OutboxMetrics(observed, away as unknown as OutboxRepository, new SystemClock());
  metrics.attempted('back-channel-logout', 'retry');
  const text = await observed.registry.metrics();
  expect(text).toContain('gatehouse_outbox_attempts_total{topic="back-channel-logout",outcome="retry"} 1');
  expect(text).not.toContain('gatehouse_outbox_pending{');
});
