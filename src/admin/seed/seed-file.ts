import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { SeedError } from './seed-error.js';

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  '.json': (text): unknown => JSON.parse(text),
  '.yaml': yamlValue,
  '.yml': yamlValue,
};

/** Reads a seed file as the one value it holds; its name says in which language. */
export async function readSeedFile(file: string): Promise<unknown> {
  const parser = PARSERS[extname(file).toLowerCase()];
  if (parser === undefined) throw fault(file, 'must end in .json, .yaml or .yml');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fault(file, `cannot be read: ${messageOf(error)}`);
  });
  try {
    return await parser(text);
  } catch (error) {
    throw fault(file, `cannot be parsed: ${messageOf(error)}`);
  }
}

async function yamlValue(text: string): Promise<unknown> {
  const { placedYaml } = await import('./placed-yaml.js');
  return placedYaml(text).value;
}

function fault(file: string, detail: string): SeedError {
  return new SeedError(file, [{ pointer: '#', detail }]);
}

// Only the first line: parsers quote the text they stumble over, which may be a secret.
function messageOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const place = error instanceof Error ? (/(?:line|position) \d+(?:, column \d+)?/.exec(error.message)?.[0] ?? '') : '';
  return [code, place].filter((part) => part !== '').join(' at ') || 'unknown reason';
}
