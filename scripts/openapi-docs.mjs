// Writes docs/openapi.json, what a service at the default issuer answers under /api/openapi.json; run after a build.
import { copyFileSync } from 'node:fs';
import './openapi-document.mjs';

copyFileSync(new URL('../dist/openapi.json', import.meta.url), new URL('../docs/openapi.json', import.meta.url));
