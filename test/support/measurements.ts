import { expect } from 'vitest';
import type { TestService } from './start-service.js';

/** What /metrics says, each series by its name and labels in alphabetical order. */
export type Measurements = ReadonlyMap<string, number>;

/** Reads /metrics as a program on the same machine does. */
export async function measurements(service: Pick<TestService, 'url'>): Promise<Measurements> {
  const answer = await fetch(service.url('/metrics'));
  expect(answer.status).toBe(200);
  const found = new Map<string, number>();
  for (const line of (await answer.text()).split('\n')) {
    const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name !== '') found.set(series(name, labels), Number(value));
  }
  return found;
}

/** By how much each series of the measurements with a name has moved, those that did not left out. */
export function moved(name: string, before: Measurements, after: Measurements): Record<string, number> {
  const differences = [...after]
    .filter(([key]) => key.startsWith(`${name}{`))
    .map(([key, value]) => [key.slice(name.length + 1, -1), value - (before.get(key) ?? 0)] as const);
  return Object.fromEntries(differences.filter(([, difference]) => difference !== 0));
}

function series(name: string, labels: string): string {
  const sorted = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => `${label ?? ''}=${value ?? ''}`);
  return `${name}{${sorted.sort().join(' ')}}`;
}
