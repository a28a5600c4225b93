import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds the whole project. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const FOLDERS = [
  '.',
  'docs',
  'docs/adr',
  'examples',
  'examples/python',
  'examples/relying-party',
  'examples/extension',
  'examples/webhook-receiver',
  'bench',
];

/** One document of the project. */
export interface Document {
  /** The path from the root of the project. */
  readonly path: string;
  readonly text: string;
  /** The text without blocks and pieces of code. */
  readonly prose: string;
}

/** The text of a file of the project. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every document that people read. */
export function documents(): Document[] {
  return FOLDERS.filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.md'))
    .map((path) => {
      const text = read(path);
      return { path, text, prose: text.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '`') };
    });
}

/** Where the links of a document lead within the project: the path of a file, and the heading meant there. */
export function linksOf({ path, prose }: Document): { readonly file: string; readonly heading: string | undefined }[] {
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target))
    .map((target) => {
      const [file = '', heading] = target.split('#');
      return { file: file === '' ? path : relative(ROOT, join(ROOT, dirname(path), file)), heading };
    });
}

/** The names by which the headings of a document can be linked to. */
export function headingsOf({ text }: Pick<Document, 'text'>): string[] {
  const outside = text.replaceAll(/^```.*?^```/gms, '');
  return [...outside.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

/** The rows of the first table below a heading, as their cells. */
export function tableBelow(text: string, heading: string): string[][] {
  const [, after = ''] = text.split(`\n${heading}\n`);
  const table = /^\|.*(?:\n\|.*)*/m.exec(after)?.[0] ?? '';
  return table
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The pieces of code in a text. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}
