// Writes docs/openapi.json, what a service at the default issuer answers under /api/openapi.json; run after a build.
import { writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { ADMIN_CONTROLLERS } from '../dist/src/admin/rest/controllers.js';
import { API_VERSION } from '../dist/src/admin/rest/openapi/api-version.js';
import { openApiDocument } from '../dist/src/admin/rest/openapi/openapi-document.js';

const document = openApiDocument(ADMIN_CONTROLLERS, { issuer: 'http://localhost:3000', version: API_VERSION });
writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
