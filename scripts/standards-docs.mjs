// Writes docs/standards.md: every clause that the code cites, where it is obeyed, and which tests prove it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = new URL('..', import.meta.url).pathname;
const CITATION =
  /\b(RFC \d{4,5}|OIDC [A-Z][A-Za-z-]+(?: Logout)?|FAPI 2\.0) (§[0-9A-Z]+(?:\.[0-9]+)*(?:, §[0-9A-Z]+(?:\.[0-9]+)*)*)/g;

const files = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();

const isTest = (file) => file.startsWith('test/') || /\.spec\.tsx?$/.test(file);

const ledger = new Map();
for (const file of [...files('src'), ...files('test')]) {
  for (const [, standard, clauses] of readFileSync(join(ROOT, file), 'utf8').matchAll(CITATION)) {
    for (const clause of clauses.split(', ')) {
      const row = ledger.get(`${standard} ${clause}`) ?? { standard, clause, code: new Set(), tests: new Set() };
      (isTest(file) ? row.tests : row.code).add(file);
      ledger.set(`${standard} ${clause}`, row);
    }
  }
}

const number = (clause) =>
  clause
    .slice(1)
    .split('.')
    .map((part) => part.padStart(4, '0'))
    .join('.');
const rows = [...ledger.values()].sort(
  (a, b) =>
    a.standard.localeCompare(b.standard, 'en', { numeric: true }) || number(a.clause).localeCompare(number(b.clause)),
);

const list = (set) => [...set].map((file) => `\`${file.replace(/^src\//, '')}\``).join('<br>') || '–';
const table = (standard) =>
  [
    `## ${standard}`,
    '',
    '| clause | obeyed in | proved by |',
    '| --- | --- | --- |',
    ...rows
      .filter((row) => row.standard === standard)
      .map((row) => `| ${row.clause} | ${list(row.code)} | ${list(row.tests)} |`),
    '',
  ].join('\n');

const head = readFileSync(join(ROOT, 'docs/standards.head.md'), 'utf8');
const standards = [...new Set(rows.map((row) => row.standard))];
writeFileSync(join(ROOT, 'docs/standards.md'), `${head}\n${standards.map(table).join('\n')}`);
