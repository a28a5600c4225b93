import 'reflect-metadata';
import { loadSettings } from '#platform/config/index.js';
import { makeDataSource } from '#platform/database/index.js';
import { ENTITIES, MIGRATIONS } from './src/schema.js';

/** The database as the TypeORM command line sees it: `npx typeorm migration:run -d dist/ormconfig.js`. */
export const dataSource = await makeDataSource(loadSettings(process.env).database.url, {
  entities: ENTITIES,
  migrations: MIGRATIONS,
});
