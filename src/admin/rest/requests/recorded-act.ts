import { pointerTo } from '#platform/http/index.js';
import type { RecordedChange } from '#platform/events/index.js';
import { isJsonObject } from '../merge-patch.js';
import { changesBetween } from './dry-run.js';

/** Names of members that hold a secret somewhere in the API; a test finds those that are missing here. */
export const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'access_token',
  'bind_password',
  'client_secret',
  'initial_access_token',
  'password',
  'password_hash',
  'private_key',
  'refresh_token',
  'registration_access_token',
  'secret',
]);

/** The record has 65,535 bytes for it, with everything else that there is to say. */
const LONGEST = 48_000;

/** What is kept of an act: the differences, or their places alone where they are too long to be kept. */
export interface RecordedChanges {
  readonly changes: readonly RecordedChange[];
  readonly shortened?: true;
}

/** What a value says without its secrets: members that hold one are not there, however deep. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isJsonObject(value)) return value;
  const open = Object.entries(value).filter(([name]) => !SECRET_MEMBERS.has(name));
  return Object.fromEntries(open.map(([name, inner]) => [name, withoutSecrets(inner)]));
}

/** Tells what an act changed from what was there before and after it; nothing stands for what was not there. */
export function recordedChanges(before: object | undefined, after: object | undefined): RecordedChanges {
  const [from, to] = [plainly(before), plainly(after)];
  const changes = changesBetween(from, to, []);
  if (fits(changes)) return { changes };
  const members = new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})]);
  const places = changes.length === 1 ? [...members].map((name) => pointerTo(name)) : changes.map((one) => one.pointer);
  return { changes: places.map((pointer) => ({ pointer })), shortened: true };
}

/** The differences that a dry run shows, as far as they can be kept. */
export function keptChanges(changes: readonly RecordedChange[]): RecordedChanges {
  if (fits(changes)) return { changes };
  return { changes: changes.map(({ pointer }) => ({ pointer })), shortened: true };
}

function fits(changes: readonly RecordedChange[]): boolean {
  return Buffer.byteLength(JSON.stringify(changes)) <= LONGEST;
}

function plainly(value: object | undefined): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined) return undefined;
  const plain: unknown = withoutSecrets(JSON.parse(JSON.stringify(value)));
  return isJsonObject(plain) ? plain : undefined;
}
