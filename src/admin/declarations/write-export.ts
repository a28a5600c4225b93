import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { ExportedFile } from './declaration-file.js';

/** Writes an export into a folder, and takes away the files of records that are not there any more. */
export async function writeExport(
  root: string,
  files: readonly ExportedFile[],
): Promise<{ readonly removed: string[] }> {
  const known = new Set(files.map(({ file }) => file));
  await mkdir(root, { recursive: true });
  const removed: string[] = [];
  for (const folder of new Set(files.map(({ file }) => dirname(file)).filter((name) => name !== '.'))) {
    await mkdir(join(root, folder), { recursive: true });
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const file = `${folder}/${entry.name}`;
      if (!entry.isFile() || extname(entry.name) !== '.yaml' || known.has(file)) continue;
      await rm(join(root, file));
      removed.push(file);
    }
  }
  for (const { file, text } of files) await writeFile(join(root, file), text);
  return { removed };
}
