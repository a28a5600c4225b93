import { sha256 } from '#platform/crypto/index.js';
import { changesBetween, type Change } from '../rest/requests/dry-run.js';
import { canonicalJson } from '../rest/requests/entity-tag.js';
import type { DeclaredKind, Members, PresentRecord } from './declared-kind.js';

/** Every record that files could describe, by kind and name. */
export type Inventory = ReadonlyMap<DeclaredKind, ReadonlyMap<string, PresentRecord>>;

/** What becomes of one record. */
export interface PlannedChange {
  readonly act: 'create' | 'change' | 'delete';
  readonly kind: DeclaredKind;
  readonly name: string;
  readonly changes: readonly Change[];
  readonly before: Members | undefined;
  readonly after: Members | undefined;
}

/** What becomes of all records. */
export interface Plan {
  readonly changes: readonly PlannedChange[];
  /** Of what would change; another one as soon as something else would. */
  readonly digest: string;
}

/** The secrets that records get which they do not have: where each comes from, by kind and name. */
export type NewSecrets = ReadonlyMap<string, string>;

/** How a record is called where kinds are mixed. */
export function recordKey({ folder }: DeclaredKind, name: string): string {
  return folder === name ? name : `${folder}/${name}`;
}

/** Tells two states of the records apart, record by record and member by member. */
export function planBetween(before: Inventory, after: Inventory, secrets: NewSecrets): Plan {
  const changes = [...after].flatMap(([kind, present]) => {
    const earlier = before.get(kind);
    const names = [...new Set([...(earlier?.keys() ?? []), ...present.keys()])].sort();
    return names.flatMap((name) => {
      const to = withSecret(kind, present.get(name)?.document, secrets.get(recordKey(kind, name)));
      return changeOf({ kind, name }, earlier?.get(name)?.document, to);
    });
  });
  return { changes, digest: sha256(canonicalJson(changes.map(shownChange))) };
}

function changeOf(
  of: Pick<PlannedChange, 'kind' | 'name'>,
  before: Members | undefined,
  after: Members | undefined,
): PlannedChange[] {
  const changes = changesBetween(before ?? {}, after ?? {}, []);
  if (changes.length === 0) return [];
  const act = before === undefined ? 'create' : after === undefined ? 'delete' : 'change';
  return [{ ...of, act, changes, before, after }];
}

/** A record says where the secret comes from that it does not have yet. */
function withSecret({ secret }: DeclaredKind, document: Members | undefined, from: string | undefined) {
  if (document === undefined || secret === undefined || from === undefined) return document;
  return { ...document, [secret.reference]: from };
}

/** A change as it is shown to programs. */
export function shownChange({ act, kind, name, changes }: PlannedChange) {
  return { act, record: recordKey(kind, name), changes };
}

const SIGNS = { create: '+', change: '~', delete: '-' } as const;

/** A plan as people read it: what becomes of each record, and of each member from what to what. */
export function planLines({ changes, digest }: Plan): string[] {
  if (changes.length === 0) return ['Nothing to do: everything is as the files say.'];
  const count = (act: PlannedChange['act']): string => `${changes.filter((one) => one.act === act).length} to ${act}`;
  return [
    ...changes.flatMap((change) => [headingOf(change), ...memberLines(change), '']),
    `${count('create')}, ${count('change')}, ${count('delete')}. Digest: ${digest}`,
  ];
}

function headingOf({ act, kind, name }: PlannedChange): string {
  return `${SIGNS[act]} ${act} ${recordKey(kind, name)}`;
}

function memberLines({ act, changes }: PlannedChange): string[] {
  if (act === 'delete') return [];
  return changes.map((change) => {
    const [from, to] = [shown(change.from), shown(change.to)];
    return `    ${change.pointer.slice(2)}: ${act === 'create' || from === undefined ? '' : `${from} → `}${to ?? '(gone)'}`;
  });
}

function shown(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
