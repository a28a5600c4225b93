import type { Command } from 'commander';
import { effectiveSettings } from '#platform/config/index.js';
import { leaf, type Runner } from '../runner.js';
import { type Answer, table } from '../terminal.js';

/** `gatehouse settings`: what holds now, secrets masked. */
export function showSettings(parent: Command, runner: Runner): void {
  leaf(parent, 'settings', 'show the effective settings, secrets masked').action(
    runner.action(() => Promise.resolve(settingsAnswer(runner))),
  );
}

function settingsAnswer(runner: Runner): Answer {
  const settings = effectiveSettings(runner.settings());
  const rows = settings.map(({ name, value, from }) => [name, value, from]);
  return { json: { settings }, lines: table(['name', 'value', 'from'], rows) };
}
