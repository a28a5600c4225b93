import { type Command, Option } from 'commander';
import { KeyRing, SIGNING_ALGORITHMS, type SigningAlgorithm } from '#keys/index.js';
import { leaf, type Runner } from '../runner.js';
import { keysAnswer } from './key-list.command.js';

interface Options {
  readonly alg?: SigningAlgorithm;
  readonly now?: true;
  readonly revoke?: true;
}

/** `gatehouse key rotate`: new keys; the old ones stay published until all they signed has ended. */
export function keyRotate(parent: Command, runner: Runner): void {
  leaf(parent, 'rotate', 'make new keys, which sign once everybody can know them')
    .addOption(new Option('--alg <alg>', 'only the key of this algorithm').choices(SIGNING_ALGORITHMS))
    .option('--now', 'the new keys sign at once')
    .option('--revoke', 'the old keys end at once, and with them everything they signed')
    .action(
      runner.action(({ alg: algorithm, now, revoke }: Options) =>
        runner.inService(async (services) => {
          return keysAnswer(await services(KeyRing).rotate({ algorithm, now, revoke }));
        }),
      ),
    );
}
