// `npm run migration:new -- name`: an empty migration with the template, and what to add to src/schema.ts.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const folder = new URL('../src/migrations/', import.meta.url);
const schema = new URL('../src/schema.ts', import.meta.url);

const [name = ''] = process.argv.slice(2);
if (!NAME.test(name)) {
  console.error('Give a name in kebab-case that says what changes: npm run migration:new -- add-user-nickname');
  process.exit(2);
}

const numbers = readdirSync(folder).map((file) => Number.parseInt(file, 10));
const number = Math.floor(Math.max(...numbers.filter(Number.isFinite), 0) / 100) * 100 + 100;
// TypeORM orders migrations by the digits at the end of their class's name.
const last = Math.max(...[...readFileSync(schema, 'utf8').matchAll(/(\d{13})/g)].map(([digits]) => Number(digits)));
const className = pascal(name) + Math.max(Date.now(), last + 1);
const file = new URL(`${number}-${name}.migration.ts`, folder);
if (existsSync(file)) throw new Error(`${file.pathname} exists`);

writeFileSync(
  file,
  `import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** Why this change is needed, in one sentence. */
export class ${className} implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, { name: 'an_example', columns: [column.id('id'), column.instant('created_at')] });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('an_example');
  }
}
`,
);

console.log(`Made src/migrations/${number}-${name}.migration.ts. Write it with the builders of src/platform/database.

Then add two lines to src/schema.ts: the import, and the class at the end of MIGRATIONS.

  import { ${className} } from './migrations/${number}-${name}.migration.js';

  export const MIGRATIONS = [
    …
    ${className},
  ];

\`npm run test:database\` runs it up, down and up again and compares the result with the entities.`);

function pascal(words) {
  return words.replace(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());
}
