import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeIn, read, ROOT, tableBelow } from './support/documents.js';

type MayImport = Readonly<Record<string, readonly string[]>>;

const ROWS = tableBelow(read('docs/architecture.md'), '## Who may import whom').map(
  ([tier = '', modules = '', may = '']) => ({
    tier,
    modules: codeIn(modules),
    may: codeIn(may),
  }),
);

let rules: MayImport;

beforeAll(async () => {
  const file = new URL('../../architecture.rules.js', import.meta.url).href;
  rules = ((await import(file)) as { readonly MAY_IMPORT: MayImport }).MAY_IMPORT;
});

/** `platform` stands for every part of it. */
function expanded(names: readonly string[]): string[] {
  const parts = Object.keys(rules).filter((name) => name.startsWith('platform/'));
  return names.flatMap((name) => (name === 'platform' ? parts : [name])).sort();
}

function folders(path: string): string[] {
  return readdirSync(join(ROOT, 'src', path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => (path === '.' ? name : `${path}/${name}`));
}

describe('the table of tiers in docs/architecture.md', () => {
  it('says what the import rules say', () => {
    const documented = ROWS.flatMap(({ modules, may }) => modules.map((name) => [name, expanded(may)] as const));
    const enforced = Object.entries(rules).map(([name, may]) => [name, [...may].sort()] as const);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(enforced));
    expect(documented).toHaveLength(enforced.length);
  });

  it('has every module of the source', () => {
    const modules = [
      ...folders('.').filter((name) => name !== 'platform' && name !== 'migrations'),
      ...folders('platform'),
    ];
    expect(ROWS.flatMap((row) => row.modules).sort()).toEqual(modules.sort());
  });

  it('lets nobody import from a higher tier, and from its own only within tier 0', () => {
    const tierOf = new Map(ROWS.flatMap(({ tier, modules }) => modules.map((name) => [name, tier] as const)));
    for (const { tier, modules, may } of ROWS) {
      for (const other of expanded(may)) {
        const theirs = tierOf.get(other) ?? 'none';
        const allowed = theirs < tier || (theirs === '0' && tier === '0');
        expect(allowed, `${modules.join()} imports ${other}`).toBe(true);
      }
    }
  });
});
