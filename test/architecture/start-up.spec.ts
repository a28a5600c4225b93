import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** An import or export of values at the head of a file, which reads that file before anything runs. */
const FROM = /^(?:import|export) (?!type )(?:([^;'"]*?) from )?'([^']+)';$/gms;

/** What a file imports at its head, without what it only knows by type. */
function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(FROM)].flatMap(([, names = '', from = '']) => {
    const inBraces = /^\{(.*)\}$/s.exec(names)?.[1]?.split(',') ?? [];
    const parts = inBraces.map((part) => part.trim()).filter((part) => part !== '');
    return parts.length > 0 && parts.every((part) => part.startsWith('type ')) ? [] : [from];
  });
}

function sourceOf(from: string, importer: string): string | undefined {
  const place = from.startsWith('#') ? join(SRC, from.slice(1)) : resolve(dirname(importer), from);
  const candidates = ['.ts', '.tsx'].map((ending) => place.replace(/\.js$/, ending));
  return from.startsWith('#') || from.startsWith('.') ? candidates.find((file) => existsSync(file)) : undefined;
}

/** The packages that are read before a process answers, each with a file that wants it. */
function packagesFrom(entry: string): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  const files = new Set([entry]);
  for (const file of files) {
    for (const from of importsOf(file)) {
      const source = sourceOf(from, file);
      if (source !== undefined) files.add(source);
      else if (!from.startsWith('.') && !from.startsWith('node:')) packages.set(from, file.slice(SRC.length));
    }
  }
  return packages;
}

describe('a process that starts', () => {
  it('reads no package that only some of its work needs', () => {
    const read = packagesFrom(join(SRC, 'serve.ts'));
    expect(read.has('@nestjs/common')).toBe(true);
    const later = [
      '@opentelemetry/sdk-trace-base',
      '@simplewebauthn/server',
      '@simplewebauthn/server/helpers',
      '@zxcvbn-ts/language-common',
      'csv-parse',
      'csv-stringify/sync',
      'maxmind',
      'mysql2',
      'nodemailer',
      'pino-pretty',
      'qrcode',
      'yaml',
    ];
    expect(later.flatMap((name) => (read.has(name) ? [`${name} by ${read.get(name) ?? ''}`] : []))).toEqual([]);
  });
});
