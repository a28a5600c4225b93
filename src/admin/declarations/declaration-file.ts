import { sha256 } from '#platform/crypto/index.js';
import { canonicalJson } from '../rest/requests/entity-tag.js';
import type { DeclaredKind, Members, PresentRecord } from './declared-kind.js';

const LONGEST_NAME = 80;
const HASH = 8;

/** A record as the file that an export writes. */
export interface ExportedFile {
  readonly file: string;
  readonly text: string;
}

/** The file of a record: the same bytes whenever it says the same, whatever made it so. */
export async function exportedFile(kind: DeclaredKind, { name, document }: PresentRecord): Promise<ExportedFile> {
  const { stringify } = await import('yaml');
  const file = fileOf(kind, name);
  return { file, text: stringify(ordered(document, kind.names), { lineWidth: 0, aliasDuplicateObjects: false }) };
}

/** Where an export writes a record. */
export function fileOf({ folder }: DeclaredKind, name: string): string {
  return folder === name ? `${name}.yaml` : `${folder}/${fileName(name)}.yaml`;
}

/** A name that every file system takes; where it says less than the name does, a part of its digest tells them apart. */
export function fileName(name: string): string {
  const plain = name
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, LONGEST_NAME);
  return plain === name ? plain : `${plain}${plain === '' ? '' : '-'}${hashOf(name)}`;
}

function hashOf(name: string): string {
  return Buffer.from(sha256(name), 'base64url').toString('hex').slice(0, HASH);
}

/** The members that name it first, all others by their names, also those within. */
function ordered(document: Members, first: readonly string[]): Members {
  const place = (name: string): string => {
    const at = first.indexOf(name);
    return at === -1 ? `1${name}` : `0${String(at).padStart(2, '0')}`;
  };
  const members = Object.entries(document).sort(([a], [b]) => (place(a) < place(b) ? -1 : 1));
  return Object.fromEntries(members.map(([name, value]) => [name, JSON.parse(canonicalJson(value)) as unknown]));
}
