import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import type { FieldProblem } from '#platform/http/index.js';
import { AdminActs } from '../rest/requests/admin-acts.service.js';
import { checkDeclarations, type DeclaredRecord } from './checked-declarations.js';
import { DeclarationError, PlanChanged, type PlacedFault } from './declaration-error.js';
import { exportedFile, fileOf, type ExportedFile } from './declaration-file.js';
import { readFolder } from './declaration-folder.js';
import type { DeclaredKind, PresentRecord } from './declared-kind.js';
import { DeclaredKinds } from './declared-kinds.js';
import { planBetween, recordKey, type Inventory, type Plan, type PlannedChange } from './plan.js';
import { SETTINGS } from './kinds/settings.kind.js';
import { KEPT, type SecretPlaces } from './secret-reference.js';

/** What is to be made so. */
export interface Declarations {
  readonly records: readonly DeclaredRecord[];
  /** The kinds of which what no file describes is deleted. */
  readonly pruned: readonly DeclaredKind[];
}

const UNKEPT = 'has no secret to keep: name env:NAME or file:path';
const ACTS = { create: 'create', change: 'update', delete: 'delete' } as const;

/** Keeps the records of the service as files, and makes the records what files say. */
@Injectable()
export class DeclarationsService {
  constructor(
    private readonly kinds: DeclaredKinds,
    private readonly acts: AdminActs,
    private readonly transactions: Transactions,
  ) {}

  /** The folders that declarations can have. */
  get folders(): string[] {
    return this.kinds.all.map(({ folder }) => folder).filter((folder) => folder !== SETTINGS);
  }

  /** Every record as a file, in the order of their names. */
  async export(): Promise<ExportedFile[]> {
    const inventory = await this.transactions.run(() => this.inventory());
    const writing = [...inventory].flatMap(([kind, present]) =>
      [...present.values()].map((record) => exportedFile(kind, record)),
    );
    const files = await Promise.all(writing);
    return files.sort((a, b) => (a.file < b.file ? -1 : 1));
  }

  /** Reads a folder, or throws a `DeclarationError` that says everything that is wrong with its files. */
  async read(places: SecretPlaces, { prune }: { readonly prune: boolean }): Promise<Declarations> {
    const { all } = this.kinds;
    const found = await readFolder(places.folder, this.folders, SETTINGS);
    const { records, faults } = await checkDeclarations(found.texts, all, places);
    if (found.faults.length + faults.length > 0) throw new DeclarationError([...found.faults, ...faults]);
    const pruned = all.filter(({ folder }) => prune && found.folders.includes(folder));
    return { records, pruned };
  }

  /** What would become of the records: everything is done by the rules of the records, and taken back. */
  plan(declared: Declarations): Promise<Plan> {
    return this.transactions.rehearse(() => this.execute(declared));
  }

  /** Makes the records what the files say, all or none; with a digest only if that is still what the plan said. */
  async apply(declared: Declarations, digest?: string): Promise<Plan> {
    const plan = await this.plan(declared);
    if (digest !== undefined && digest !== plan.digest) throw new PlanChanged();
    const only = new Set(plan.changes.map(({ kind, name }) => recordKey(kind, name)));
    return this.transactions.run(async () => {
      const done = await this.execute(declared, only);
      if (done.digest !== plan.digest) throw new PlanChanged();
      for (const change of done.changes) await this.record(change);
      return done;
    });
  }

  private record({ act, kind, name, before, after }: PlannedChange): Promise<void> {
    const target = `gatehouse apply ${recordKey(kind, name)}`;
    return this.acts.record({
      act: ACTS[act],
      target,
      before,
      after,
      ...(kind.folder === 'clients' && { clientId: name }),
    });
  }

  /** Writes what differs, of those named where some are, and tells what became of everything. */
  private async execute({ records, pruned }: Declarations, only?: ReadonlySet<string>): Promise<Plan> {
    const before = await this.inventory();
    const secrets = new Map<string, string>();
    const faults: PlacedFault[] = [];
    for (const record of this.inOrder(records)) {
      const key = recordKey(record.kind, record.name);
      if (only?.has(key) === false) continue;
      const { problems, secretChanged } = await this.write(record, before.get(record.kind)?.get(record.name));
      if (secretChanged === true && record.secret !== undefined) secrets.set(key, record.secret.from);
      faults.push(...problems.map((fault) => ({ ...fault, file: record.file, line: record.lineOf(fault.pointer) })));
    }
    for (const kind of pruned.toReversed()) faults.push(...(await this.prune(kind, records, before)));
    if (faults.length > 0) throw new DeclarationError(faults);
    return planBetween(before, await this.inventory(), secrets);
  }

  private write({ kind, message, secret, keeps }: DeclaredRecord, present: PresentRecord | undefined) {
    if (present === undefined && keeps) {
      return { problems: [{ pointer: `#/${kind.secret?.reference ?? ''}`, detail: UNKEPT }], secretChanged: false };
    }
    if (
      present !== undefined &&
      secret === undefined &&
      isDeepStrictEqual(asDocument(kind, message), present.document)
    ) {
      return { problems: [], secretChanged: false };
    }
    return kind.write({ message, secret, present });
  }

  private async prune(
    kind: DeclaredKind,
    records: readonly DeclaredRecord[],
    before: Inventory,
  ): Promise<PlacedFault[]> {
    const declared = new Set(records.filter((record) => record.kind === kind).map(({ name }) => name));
    const faults: PlacedFault[] = [];
    for (const present of before.get(kind)?.values() ?? []) {
      if (present.stays === true || declared.has(present.name)) continue;
      const problems: readonly FieldProblem[] = await kind.remove(present);
      const file = fileOf(kind, present.name);
      faults.push(...problems.map(({ pointer, detail }) => ({ file, pointer, detail })));
    }
    return faults;
  }

  private inOrder(records: readonly DeclaredRecord[]): DeclaredRecord[] {
    return this.kinds.all.flatMap((kind) =>
      records
        .filter((record) => record.kind === kind)
        .sort((a, b) => (kind.rank?.(a.message) ?? 0) - (kind.rank?.(b.message) ?? 0)),
    );
  }

  private async inventory(): Promise<Inventory> {
    const inventory = new Map<DeclaredKind, ReadonlyMap<string, PresentRecord>>();
    for (const kind of this.kinds.all) {
      const present = await kind.present();
      inventory.set(kind, new Map(present.map((record) => [record.name, record])));
    }
    return inventory;
  }
}

/** A message as an export would write it: a secret is at most mentioned. */
function asDocument({ secret }: DeclaredKind, message: object): object {
  const { meaning_changed: _beside, ...plain } = JSON.parse(JSON.stringify(message)) as Record<string, unknown>;
  const mentions = secret !== undefined && plain[secret.reference] !== undefined;
  return mentions ? { ...plain, [secret.reference]: KEPT } : plain;
}
