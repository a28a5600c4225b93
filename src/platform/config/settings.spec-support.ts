import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { loadSettings } from './load-settings.js';
import type { Settings } from './settings.js';
import { SettingsError, type SettingsProblem } from './settings-error.js';

/** Environments that are read in a folder of their own, which is new for each test of the file that asks for it. */
export interface ReadInFolder {
  readonly folder: () => string;
  readonly load: (env: NodeJS.ProcessEnv) => Settings;
  /** What is wrong with an environment; nothing when it can be used. */
  readonly problems: (env: NodeJS.ProcessEnv) => readonly SettingsProblem[];
  /** Writes a file there and says where it is. */
  readonly file: (name: string, content: string) => string;
}

/** Makes that folder around each test of a file; called once in it. */
export function eachInItsFolder(): ReadInFolder {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const load = (env: NodeJS.ProcessEnv) =>
    loadSettings({ DATA_DIR: join(folder, 'data'), ...env }, { terminal: false });
  return {
    folder: () => folder,
    load,
    problems: (env) => problemsOf(() => load(env)),
    file: (name, content) => written(join(folder, name), content),
  };
}

function problemsOf(load: () => unknown): readonly SettingsProblem[] {
  try {
    load();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

function written(path: string, content: string): string {
  writeFileSync(path, content);
  return path;
}
