import 'reflect-metadata';
import cluster from 'node:cluster';
import { loadSettings, type Settings, SettingsError } from '#platform/config/index.js';

const UNUSABLE_SETTINGS = 78;

function exit(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function settingsOrExit(): Settings {
  try {
    return loadSettings(process.env);
  } catch (error) {
    if (error instanceof SettingsError) exit(error.message, UNUSABLE_SETTINGS);
    throw error;
  }
}

/** Runs the service, or the processes that run it; each loads only what it needs. */
async function start(settings: Settings): Promise<void> {
  if (settings.server.workers > 1 && cluster.isPrimary) {
    const { supervise } = await import('./supervise.js');
    await supervise(settings);
  } else {
    const { serve } = await import('./serve.js');
    await serve(settings);
  }
}

function exitCodeOf(error: unknown): number {
  const code = error instanceof Error && 'exitCode' in error ? error.exitCode : undefined;
  return typeof code === 'number' ? code : 1;
}

const settings = settingsOrExit();
try {
  await start(settings);
} catch (error) {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const code = exitCodeOf(error);
  exit(`The service could not start: ${code === 1 ? reason : (error as Error).message}`, code);
}
