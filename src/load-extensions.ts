import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Type } from '@nestjs/common';
import type { ServerSettings } from '#platform/config/index.js';

const UNUSABLE_SETTINGS = 78;

/** An extension that cannot be used; the service does not start without it, as if nobody had wanted it. */
export class ExtensionUnusable extends Error {
  override readonly name = 'ExtensionUnusable';
  readonly exitCode = UNUSABLE_SETTINGS;
}

/** Loads the modules that EXTENSIONS names, in its order. */
export async function loadExtensions({ extensions }: Pick<ServerSettings, 'extensions'>): Promise<Type[]> {
  const loaded: Type[] = [];
  for (const file of extensions) loaded.push(await loadExtension(file));
  return loaded;
}

async function loadExtension(file: string): Promise<Type> {
  const { extension } = await imported(file);
  if (typeof extension !== 'function') {
    throw new ExtensionUnusable(`EXTENSIONS: ${file} exports no Nest module under the name "extension".`);
  }
  return extension as Type;
}

async function imported(file: string): Promise<{ readonly extension?: unknown }> {
  try {
    return (await import(pathToFileURL(resolve(file)).href)) as { extension?: unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExtensionUnusable(`EXTENSIONS: ${file} cannot be loaded: ${reason}`, { cause: error });
  }
}
