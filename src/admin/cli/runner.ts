import type { Command } from 'commander';
import { loadSettings, type Settings } from '#platform/config/index.js';
import { Transactions } from '#platform/database/index.js';
import { AdminActs } from '../rest/requests/admin-acts.service.js';
import { EXIT_CODE_HELP, ExitCode } from './exit-code.js';
import { openService, type Services } from './open-service.js';
import type { Answer, Terminal } from './terminal.js';

/** Variables that a command puts in the place of those of the environment. */
export type Overrides = Readonly<Record<string, string | undefined>>;

/** Runs commands: loads the settings, opens the service, prints the answer, keeps the exit code. */
export class Runner {
  exitCode: number = ExitCode.Ok;

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    readonly terminal: Terminal,
  ) {}

  /** The variables of the process, where references to secrets may lead. */
  get variables(): Readonly<Record<string, string | undefined>> {
    return this.env;
  }

  settings(overrides: Overrides = {}): Settings {
    const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
    return loadSettings({ ...this.env, ...given });
  }

  /** Lets a command use the services, with the same rules as REST, and closes everything afterwards. */
  async inService<T>(work: (services: Services, settings: Settings) => Promise<T>): Promise<T> {
    const settings = this.settings();
    const service = await openService(settings, this.terminal);
    try {
      return await work(service.services, settings);
    } finally {
      await service.close();
    }
  }

  /** As `inService`, for a command that changes something: the change and the record of it are one, or none of both. */
  changing(command: string, work: (services: Services, settings: Settings) => Promise<Answer>): Promise<Answer> {
    return this.inService((services, settings) =>
      services(Transactions).run(() => recorded(command, services, () => work(services, settings))),
    );
  }

  /** As `changing`, for what is done piece by piece. */
  changingInPieces(command: string, work: (services: Services) => Promise<Answer>): Promise<Answer> {
    return this.inService((services) => recorded(command, services, () => work(services)));
  }

  /** Makes the work of a command its action; the last of its arguments are its options. */
  action(work: (...given: never[]) => Promise<Answer>): (...given: unknown[]) => Promise<void> {
    return async (...given) => {
      const command = given.at(-1) as Command;
      const asJson = command.opts<{ json?: boolean }>().json === true;
      try {
        const answer = await work(...(given.slice(0, -1) as never[]));
        this.terminal.answer(answer, asJson);
        this.exitCode = answer.exitCode ?? ExitCode.Ok;
      } catch (error) {
        this.exitCode = this.terminal.fail(error, asJson);
      }
    };
  }
}

async function recorded(command: string, services: Services, work: () => Promise<Answer>): Promise<Answer> {
  const answer = await work();
  await services(AdminActs).record({
    act: command,
    target: `gatehouse ${command}`,
    after: answer.json,
    ...answer.about,
  });
  return answer;
}

/** A command of its own, with the option that all have. */
export function leaf(parent: Command, usage: string, description: string): Command {
  const command = parent.command(usage).description(description).addHelpText('after', EXIT_CODE_HELP);
  return command.option('--json', 'answer in JSON');
}
