import { type Command, Option } from 'commander';
import { KEY_ALGORITHMS, KeyRing, type KeyAlgorithm } from '#keys/index.js';
import { leaf, type Runner } from '../runner.js';
import { keysAnswer } from './key-list.command.js';

interface Options {
  readonly alg?: KeyAlgorithm;
  readonly now?: true;
  readonly revoke?: true;
}

/** `gatehouse key rotate`: new keys; the old ones stay published until all they signed has ended. */
export function keyRotate(parent: Command, runner: Runner): void {
  leaf(parent, 'rotate', 'make new keys, which sign once everybody can know them, or are encrypted to at once')
    .addOption(new Option('--alg <alg>', 'only the key of this algorithm').choices(KEY_ALGORITHMS))
    .option('--now', 'the new keys sign at once')
    .option('--revoke', 'the old keys end at once, and with them everything they signed or that is encrypted to them')
    .action(
      runner.action(({ alg: algorithm, now, revoke }: Options) =>
        runner.changing('key rotate', async (services) => {
          return keysAnswer(await services(KeyRing).rotate({ algorithm, now, revoke }));
        }),
      ),
    );
}
