import { existsSync, readFileSync } from 'node:fs';
import { ADMIN_CONTROLLERS } from '../controllers.js';
import { API_VERSION, DOCUMENTED_ISSUER } from './api-version.js';
import { openApiDocument } from './openapi-document.js';

/** Where the build puts the document, seen from the built program; from the source there is nothing. */
const BUILT = new URL('../../../../openapi.json', import.meta.url);

/** The description of this service's API as it is served: the file of the build, about this issuer. */
export function servedDocument(issuer: string): string {
  if (existsSync(BUILT)) return readFileSync(BUILT, 'utf8').replaceAll(DOCUMENTED_ISSUER, issuer);
  return JSON.stringify(openApiDocument(ADMIN_CONTROLLERS, { issuer, version: API_VERSION }));
}
