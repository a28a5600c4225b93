import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { requestIds } from './request-ids.js';
import { TrustedProxies } from './trusted-proxies.js';

it('gives each of many requests an id of its own', () => {
  const idOf = requestIds(new TrustedProxies([]));
  const request = new IncomingMessage(new Socket());
  const ids = Array.from({ length: 1001 }, () => idOf(request));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/);
});
