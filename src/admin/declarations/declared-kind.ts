import { isDeepStrictEqual } from 'node:util';
import type { FieldProblem } from '#platform/http/index.js';
import type { MessageClass } from '../rest/member.decorators.js';

/** An object as YAML and JSON have it. */
export type Members = Readonly<Record<string, unknown>>;

/** A record that is there, as a file would describe it. */
export interface PresentRecord {
  readonly name: string;
  /** All that was decided about it; a secret is at most mentioned. */
  readonly document: Members;
  /** By which the service knows it. */
  readonly id: string;
  readonly updatedAt: Date;
  /** It is part of the service: changed perhaps, never deleted. */
  readonly stays?: true;
}

/** A secret that a record is to have, from where its file says. */
export interface GivenSecret {
  readonly value: string;
  /** Where it came from, which may be shown. */
  readonly from: string;
}

/** What became of a record that was written. */
export interface Written {
  readonly problems: readonly FieldProblem[];
  /** Whether it has another secret now. */
  readonly secretChanged?: boolean;
}

/** What a record is to be, and what it is. */
export interface ToWrite<M> {
  readonly message: M;
  readonly secret: GivenSecret | undefined;
  readonly present: PresentRecord | undefined;
}

/** A kind of record that files can describe: by what name it is known, and how it is read, written and deleted. */
export interface DeclaredKind<M extends object = object> {
  /** The folder of its files; for the settings, of which there is one, the name of the file. */
  readonly folder: string;
  readonly type: MessageClass<M>;
  /** The members that say which record it is, which come first in a file. */
  readonly names: readonly string[];
  /** The member that says where its secret is, and the one that REST would take it by. */
  readonly secret?: { readonly reference: string; readonly member: string };
  nameOf(message: M): string;
  /** Every record of the kind, in no particular order. */
  present(): Promise<PresentRecord[]>;
  /** Why nobody describes this record in files. */
  reserved?(message: M): string | undefined;
  /** What must be written after others of its kind has the higher number. */
  rank?(message: M): number;
  write(what: ToWrite<M>): Promise<Written>;
  remove(present: PresentRecord): Promise<FieldProblem[]>;
}

/** The members of an answer that somebody decided. */
export function decidedMembers(answer: object, fixed: readonly string[]): Members {
  const plain = JSON.parse(JSON.stringify(answer)) as Members;
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !fixed.includes(name)));
}

/** The members of the record that its file does not have any more. */
export function removedMembers(present: PresentRecord, message: object): string[] {
  return Object.keys(present.document).filter((name) => Reflect.get(message, name) === undefined);
}

/** Says which members cannot become what the file says. */
export function keptProblems(present: PresentRecord, wanted: Members, kept: readonly string[]): FieldProblem[] {
  return kept
    .filter((name) => !isDeepStrictEqual(present.document[name] ?? null, wanted[name] ?? null))
    .map((name) => ({ pointer: `#/${name}`, detail: 'cannot be changed' }));
}

/** What was written without a secret. */
export function written(problems: readonly FieldProblem[]): Written {
  return { problems };
}
