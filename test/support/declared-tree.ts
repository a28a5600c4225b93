import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** The folders that a tree of declarations can have. */
export const DECLARED_FOLDERS = [
  'user_attributes',
  'groups',
  'resources',
  'scopes',
  'clients',
  'claim_mappings',
  'identity_providers',
  'directories',
] as const;

/** Files by their names, as a tree of declarations. */
export type DeclaredTree = Readonly<Record<string, string>>;

const made: string[] = [];

/** Makes folders of declarations that go with the tests of a file. */
export function declaredFolders(): (tree: DeclaredTree, folders?: readonly string[]) => string {
  afterAll(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return (tree, folders = []) => {
    const root = mkdtempSync(join(tmpdir(), 'gatehouse-declared-'));
    made.push(root);
    for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
    for (const [file, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return root;
  };
}

/** Every file below a folder, by its name. */
export function treeAt(root: string): DeclaredTree {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [file.slice(root.length + 1), readFileSync(file, 'utf8')]));
}
