// Writes dist/openapi.json, the description of the administration API at the default issuer; the end of every build.
import { writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { ADMIN_CONTROLLERS } from '../dist/src/admin/rest/controllers.js';
import { API_VERSION, DOCUMENTED_ISSUER } from '../dist/src/admin/rest/openapi/api-version.js';
import { openApiDocument } from '../dist/src/admin/rest/openapi/openapi-document.js';

const document = openApiDocument(ADMIN_CONTROLLERS, { issuer: DOCUMENTED_ISSUER, version: API_VERSION });
writeFileSync(new URL('../dist/openapi.json', import.meta.url), `${JSON.stringify(document)}\n`);
