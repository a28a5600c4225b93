import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

/** The authorities that are trusted beside those of Node, and those; undefined when the operator names none, so that Node's count. */
export function trustedCertificates({ caFile }: { readonly caFile?: string | undefined }): string[] | undefined {
  return caFile === undefined ? undefined : [...rootCertificates, readFileSync(caFile, 'utf8')];
}
