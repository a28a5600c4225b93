import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';

/** More would let a file of a few lines stand for one that fills the memory. */
const MOST_ALIASES = 100;

/** What cannot be read as YAML, and where. */
export class YamlFault extends Error {
  constructor(
    readonly code: string,
    readonly line: number,
    column: number,
  ) {
    super(`cannot be read at line ${line}, column ${column}`);
  }
}

/** A value that was read from YAML, of whose parts it is known where they stand. */
export interface PlacedYaml {
  readonly value: unknown;
  /** The line of what a JSON pointer names, or of the nearest part around it that is there (RFC 6901 §6). */
  lineOf(pointer: string): number;
}

/** Reads one YAML 1.2 document: no name twice, few aliases. */
export function placedYaml(text: string): PlacedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) throw faultAt(error.code, lines, error.pos[0]);
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  return {
    value: valueOf(document),
    lineOf: (pointer) => lineAt(offsetOf(document.contents, partsOf(pointer))),
  };
}

function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    throw new YamlFault('TOO_MANY_ALIASES', 1, 1);
  }
}

function faultAt(code: string, lines: LineCounter, offset: number): YamlFault {
  const { line, col } = lines.linePos(offset);
  return new YamlFault(code, line, col);
}

function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Where the deepest part of the path that is there begins; of a member that is where its name stands. */
function offsetOf(node: unknown, path: readonly string[], at = 0): number {
  const [part, ...rest] = path;
  const here = startOf(node) ?? at;
  if (part === undefined) return at === 0 ? here : at;
  const found = within(node, part);
  return found === undefined ? (at === 0 ? here : at) : offsetOf(found.node, rest, startOf(found.place) ?? here);
}

function within(node: unknown, part: string): { readonly node: unknown; readonly place: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? undefined : { node: item, place: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
  return pair === undefined ? undefined : { node: pair.value, place: pair.key };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
