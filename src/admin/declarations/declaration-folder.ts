import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { PlacedFault } from './declaration-error.js';

const LONGEST_FILE = 256 * 1024;
const MOST_FILES = 5000;
const MOST_BYTES = 32 * 1024 * 1024;
const YAML = ['.yaml', '.yml'];
const MISLEADING = [...YAML, '.json'];

/** The text of one file, and which kind of record it describes. */
export interface DeclarationText {
  /** Its name, seen from the folder of the declarations. */
  readonly file: string;
  readonly folder: string;
  readonly text: string;
}

/** What a folder of declarations holds. */
export interface DeclarationFolder {
  readonly texts: readonly DeclarationText[];
  /** The kinds of which it says something, if only that there are none. */
  readonly folders: readonly string[];
  readonly faults: readonly PlacedFault[];
}

/** A file that was found, before it is read. */
interface Found {
  readonly file: string;
  readonly folder: string;
}

/** Reads a folder of declarations: a folder for each kind, a file for each record; only so much, and nothing outside it. */
export async function readFolder(root: string, kinds: readonly string[], single: string): Promise<DeclarationFolder> {
  const top = await entriesOf(root);
  if (top === undefined) return { texts: [], folders: [], faults: [faultOf('.', 'is not a folder that can be read')] };
  const own = top.filter(({ name }) => single === nameOf(name) && isYaml(name)).map(({ name }) => name);
  const unknown = top.filter(({ name, isFolder }) => isUnknown(name, isFolder, kinds) && !own.includes(name));
  const faults = unknown.map(({ name }) => faultOf(name, `is not one of ${[...kinds, `${single}.yaml`].join(', ')}`));
  const found: Found[] = own.map((file) => ({ file, folder: single }));
  const folders = top.filter(({ name, isFolder }) => isFolder && kinds.includes(name)).map(({ name }) => name);
  for (const folder of folders) {
    for (const { name, isFolder } of (await entriesOf(join(root, folder))) ?? []) {
      const file = `${folder}/${name}`;
      if (isFolder || !isYaml(name)) faults.push(faultOf(file, 'must be a file that ends in .yaml or .yml'));
      else found.push({ file, folder });
    }
  }
  if (found.length > MOST_FILES)
    return { texts: [], folders, faults: [faultOf('.', `has more than ${MOST_FILES} files`)] };
  const read = await readAll(root, found);
  return { texts: read.texts, folders: [...folders, ...own.map(() => single)], faults: [...faults, ...read.faults] };
}

async function readAll(root: string, found: readonly Found[]) {
  const texts: DeclarationText[] = [];
  const faults: PlacedFault[] = [];
  const real = await realpath(root);
  let bytes = 0;
  for (const one of found) {
    const read = await textOf(join(root, one.file), real);
    if (typeof read !== 'string') faults.push(faultOf(one.file, read.fault));
    else {
      bytes += read.length;
      texts.push({ ...one, text: read });
    }
    if (bytes > MOST_BYTES) return { texts: [], faults: [faultOf('.', `has more than ${MOST_BYTES} bytes`)] };
  }
  return { texts, faults };
}

/** A link may lead elsewhere within the folder, as where files are mounted, but not out of it. */
async function textOf(path: string, root: string): Promise<string | { readonly fault: string }> {
  try {
    const real = await realpath(path);
    if (!real.startsWith(root + sep)) return { fault: 'is a link that leads out of the folder' };
    const facts = await stat(real);
    if (!facts.isFile()) return { fault: 'is not a file' };
    if (facts.size > LONGEST_FILE) return { fault: `is longer than ${LONGEST_FILE} bytes` };
    return await readFile(real, 'utf8');
  } catch {
    return { fault: 'cannot be read' };
  }
}

async function entriesOf(path: string): Promise<{ readonly name: string; readonly isFolder: boolean }[] | undefined> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const visible = entries.filter(({ name }) => !name.startsWith('.'));
    return visible
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

/** Something that looks as if it should count; what else lies there, such as a README, is nobody's business. */
function isUnknown(name: string, isFolder: boolean, kinds: readonly string[]): boolean {
  return isFolder ? !kinds.includes(name) : MISLEADING.includes(extname(name));
}

function isYaml(name: string): boolean {
  return YAML.includes(extname(name));
}

function nameOf(name: string): string {
  return name.slice(0, name.length - extname(name).length);
}

function faultOf(file: string, detail: string): PlacedFault {
  return { file, pointer: '#', detail };
}
