import type { Command } from 'commander';
import { KeyRing, type IssuerKeyView } from '#keys/index.js';
import { keyAnswer } from '../../rest/dto/key.dto.js';
import { leaf, type Runner } from '../runner.js';
import { type Answer, table } from '../terminal.js';

/** `gatehouse key list`: the published keys and where each is in its life. */
export function keyList(parent: Command, runner: Runner): void {
  leaf(parent, 'list', 'list the keys').action(
    runner.action(() => runner.inService(async (services) => keysAnswer(await services(KeyRing).list()))),
  );
}

/** The keys as a command answers them. */
export function keysAnswer(keys: readonly IssuerKeyView[]): Answer {
  const items = keys.map(keyAnswer);
  const rows = items.map(({ alg, use, status, activates_at: from, retires_at: until, kid }) => [
    alg,
    use,
    status,
    from,
    until ?? '',
    kid,
  ]);
  return { json: { items }, lines: table(['alg', 'use', 'status', 'in use from', 'until', 'kid'], rows) };
}
