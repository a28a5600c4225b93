import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeIn, documents, headingsOf, linksOf, read, ROOT, tableBelow } from './support/documents.js';

const DOCUMENTS = documents();
const PACKAGE = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};

/** Variables that are not settings of the service: of tests, of examples, of other programs. */
const OTHER_VARIABLES = new Set([
  'CI_MARIADB',
  'CLIENT_ID',
  'CLIENT_SECRET',
  'OAUTHLIB_INSECURE_TRANSPORT',
  'TEST_DATABASES',
  'UV_THREADPOOL_SIZE',
]);

/** What `npm` itself does, without a script of ours. */
const NPM_COMMANDS = new Set(['ci', 'install', 'prune', 'run']);

function settings(): Set<string> {
  return new Set([...read('.env.example').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name));
}

function blocksOf(text: string): string[] {
  return [...text.matchAll(/^```.*?^```/gms)].map(([block]) => block);
}

/** The variables that lines of a shell hand on to a program; `NAME=value` alone on a line is the shell's own. */
function exported(block: string): string[] {
  return block.split('\n').flatMap((line) => {
    const [, assignments = ''] = /^(?:export )?((?:[A-Z_]+=\S* +)*(?:[A-Z_]+=\S*)?)/.exec(line) ?? [];
    const handedOn = line.startsWith('export ') || (assignments !== '' && assignments !== line && !line.includes('$('));
    return handedOn ? [...assignments.matchAll(/([A-Z_]+)=/g)].map(([, name = '']) => name) : [];
  });
}

describe('the documents', () => {
  it('are found', () => {
    const paths = DOCUMENTS.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md']));
  });

  it.each(DOCUMENTS)('$path links only to what is there', (document) => {
    for (const { file, heading } of linksOf(document)) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      if (heading !== undefined) expect(headingsOf({ text: read(file) }), file).toContain(heading);
    }
  });

  it.each(DOCUMENTS)('$path names npm scripts that exist', ({ text }) => {
    const code = [...blocksOf(text), ...codeIn(text)].join('\n');
    const run = [...code.matchAll(/\bnpm run (?:-s )?([a-z]+(?::[a-z0-9-]+)*)/g)].map(([, command = '']) => command);
    for (const command of run) expect(Object.keys(PACKAGE.scripts)).toContain(command);
    for (const [, command = ''] of code.matchAll(/\bnpm ([a-z]+)/g)) {
      expect([...NPM_COMMANDS, ...Object.keys(PACKAGE.scripts)]).toContain(command);
    }
  });

  it.each(DOCUMENTS)('$path names environment variables that exist', ({ text }) => {
    const named = codeIn(text).flatMap((code) => /^([A-Z]+(?:_[A-Z]+)+)(?:=|$)/.exec(code)?.[1] ?? []);
    const known = new Set([...settings(), ...OTHER_VARIABLES]);
    for (const name of [...named, ...blocksOf(text).flatMap(exported)]) expect(known).toContain(name);
  });
});

describe('docs/adr', () => {
  it('has one record for each number, and lists them all', () => {
    const files = readdirSync(join(ROOT, 'docs/adr')).filter((name) => name !== 'README.md');
    const numbers = files.map((name) => name.slice(0, 4));
    expect(new Set(numbers).size).toBe(files.length);
    for (const name of files) expect(read('docs/adr/README.md')).toContain(`](${name})`);
  });
});

describe('docs/capabilities/README.md', () => {
  it('leads to every page beside it', () => {
    const pages = readdirSync(join(ROOT, 'docs/capabilities')).filter((name) => name !== 'README.md');
    for (const name of pages) expect(read('docs/capabilities/README.md')).toContain(`](${name})`);
  });
});

describe('docs/configuration.md', () => {
  it('has exactly the variables of .env.example', () => {
    const rows = [...read('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name = '']) => name);
    expect(rows.length).toBeGreaterThan(20);
    expect(new Set(rows)).toEqual(settings());
  });
});

describe('docs/dependencies.md', () => {
  it('has a reason for every runtime package, and none for others', () => {
    const rows = tableBelow(read('docs/dependencies.md'), '## At run time').flatMap(([name = '']) => codeIn(name));
    expect(rows.sort()).toEqual(Object.keys(PACKAGE.dependencies).sort());
  });
});

describe('docs/security.md', () => {
  it('names tests that exist, by file and by words of their titles', () => {
    const named = [...read('docs/security.md').matchAll(/`((?:src|test)\/[^`]+\.spec\.tsx?)`(?: “([^”]+)”)?/g)];
    expect(named.length).toBeGreaterThan(20);
    for (const [, file = '', title = ''] of named) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      expect(read(file).replaceAll("\\'", "'"), file).toContain(title);
    }
  });
});
