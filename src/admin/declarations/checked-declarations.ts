import type { FieldProblem } from '#platform/http/index.js';
import { checkMessage } from '../rest/checked-message.js';
import { isJsonObject } from '../rest/merge-patch.js';
import type { PlacedYaml } from '../seed/placed-yaml.js';
import type { PlacedFault } from './declaration-error.js';
import type { DeclarationText } from './declaration-folder.js';
import type { DeclaredKind, GivenSecret } from './declared-kind.js';
import { KEPT, resolveSecret, type SecretPlaces } from './secret-reference.js';

/** A record that a file describes, well-formed, with its secret if it names one. */
export interface DeclaredRecord {
  readonly kind: DeclaredKind;
  readonly name: string;
  readonly message: object;
  readonly secret: GivenSecret | undefined;
  /** Whether it is to keep a secret that must be there. */
  readonly keeps: boolean;
  readonly file: string;
  lineOf(pointer: string): number;
}

/** The records of files, and everything that is wrong with the files. */
export interface CheckedDeclarations {
  readonly records: readonly DeclaredRecord[];
  readonly faults: readonly PlacedFault[];
}

const WORDS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'has a name twice',
  MULTIPLE_DOCS: 'has more than one document',
  TOO_MANY_ALIASES: 'has too many aliases',
};

/** Looks at files as the records that they describe. */
export async function checkDeclarations(
  texts: readonly DeclarationText[],
  kinds: readonly DeclaredKind[],
  places: SecretPlaces,
): Promise<CheckedDeclarations> {
  const records: DeclaredRecord[] = [];
  const faults: PlacedFault[] = [];
  const seen = new Map<string, string>();
  for (const text of texts) {
    const kind = kinds.find(({ folder }) => folder === text.folder);
    const yaml = kind && (await readYaml(text));
    if (kind === undefined || yaml === undefined) continue;
    if ('detail' in yaml) {
      faults.push(yaml);
      continue;
    }
    const checked = await checkOne(kind, text, { yaml, places });
    const earlier = seen.get(`${kind.folder} ${checked.record.name}`);
    seen.set(`${kind.folder} ${checked.record.name}`, text.file);
    if (checked.faults.length === 0 && earlier !== undefined) {
      faults.push({ file: text.file, line: 1, pointer: '#', detail: `is the same record as ${earlier}` });
    }
    faults.push(...checked.faults);
    records.push(checked.record);
  }
  return { records, faults };
}

async function readYaml({ text, file }: DeclarationText): Promise<PlacedYaml | PlacedFault> {
  const { placedYaml, YamlFault } = await import('../seed/placed-yaml.js');
  try {
    return placedYaml(text);
  } catch (error) {
    if (!(error instanceof YamlFault)) return { file, line: 1, pointer: '#', detail: 'cannot be read as YAML' };
    const detail = WORDS[error.code] ?? `is not YAML (${error.code})`;
    return { file, line: error.line, pointer: '#', detail };
  }
}

async function checkOne(
  kind: DeclaredKind,
  { file }: DeclarationText,
  { yaml, places }: { readonly yaml: PlacedYaml; readonly places: SecretPlaces },
): Promise<{ record: DeclaredRecord; faults: PlacedFault[] }> {
  const { value, faults: open } = withoutSecret(kind, yaml.value);
  const { message, problems } = checkMessage(kind.type, value);
  const { secret, keeps, faults: unresolved } = await secretOf(kind, message, places);
  const reserved = problems.length === 0 ? kind.reserved?.(message) : undefined;
  const ours = reserved === undefined ? [] : [{ pointer: '#', detail: reserved }];
  const lineOf = (pointer: string): number => yaml.lineOf(pointer);
  const faults = [...problems, ...open, ...unresolved, ...ours];
  return {
    record: { kind, name: kind.nameOf(message), message, secret, keeps, file, lineOf },
    faults: faults.map((fault) => ({ ...fault, file, line: lineOf(fault.pointer) })),
  };
}

/** A secret in a file would be in its history for ever. */
function withoutSecret({ secret }: DeclaredKind, value: unknown): { value: unknown; faults: FieldProblem[] } {
  if (secret === undefined || !isJsonObject(value) || !(secret.member in value)) return { value, faults: [] };
  const others = Object.entries(value).filter(([member]) => member !== secret.member);
  const detail = `is not taken from a file: say ${secret.reference}`;
  return { value: Object.fromEntries(others), faults: [{ pointer: `#/${secret.member}`, detail }] };
}

/** What the reference of a record leads to, if it has one. */
async function secretOf({ secret }: DeclaredKind, message: object, places: SecretPlaces) {
  const reference: unknown = secret && Reflect.get(message, secret.reference);
  const nothing = { secret: undefined, keeps: false, faults: [] as FieldProblem[] };
  if (secret === undefined || typeof reference !== 'string') return nothing;
  const resolved = await resolveSecret(reference, places);
  if (resolved === KEPT) return { ...nothing, keeps: true };
  if ('value' in resolved) return { ...nothing, secret: resolved };
  return { ...nothing, faults: [{ pointer: `#/${secret.reference}`, detail: resolved.fault }] };
}
