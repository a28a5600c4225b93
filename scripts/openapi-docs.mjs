// Writes docs/openapi.json, what a service at the default issuer answers under /api/openapi.json; run after a build.
import { readFileSync, writeFileSync } from 'node:fs';
import './openapi-document.mjs';

const built = JSON.parse(readFileSync(new URL('../dist/openapi.json', import.meta.url), 'utf8'));
writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(built, null, 2)}\n`);
