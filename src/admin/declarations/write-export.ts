import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { ExportedFile } from './declaration-file.js';

/** Writes an export into a folder, and takes away the files of records that are not there any more. */
export async function writeExport(
  root: string,
  files: readonly ExportedFile[],
  folders: readonly string[],
): Promise<{ readonly removed: readonly string[] }> {
  const known = new Set(files.map(({ file }) => file));
  const removed: string[] = [];
  for (const folder of folders) {
    for (const name of await yamlIn(join(root, folder))) {
      const file = `${folder}/${name}`;
      if (known.has(file)) continue;
      await rm(join(root, file));
      removed.push(file);
    }
  }
  for (const { file, text } of files) {
    await mkdir(join(root, dirname(file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return { removed };
}

/** The files of declarations in a folder, if it is there. */
async function yamlIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && YAML.includes(extname(entry.name))).map(({ name }) => name);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return [];
    throw error;
  }
}

const YAML = ['.yaml', '.yml'];
