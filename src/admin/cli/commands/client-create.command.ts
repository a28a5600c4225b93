import { type Command, Option } from 'commander';
import {
  CLIENT_AUTH_METHODS,
  CLIENT_GRANT_TYPES,
  CLIENT_PROFILES,
  CLIENT_TEMPLATES,
  ClientsService,
  CONSENT_POLICIES,
} from '#clients/index.js';
import { checkedMessage, invalid } from '../../rest/checked-message.js';
import { ClientMessages } from '../../rest/client-messages.service.js';
import { registeredClient } from '../../rest/dto/client-wire.js';
import { NewClient } from '../../rest/dto/client.dto.js';
import { isJsonObject } from '../../rest/merge-patch.js';
import { refusal } from '../../rest/outcomes.js';
import { readSeedFile } from '../../seed/seed-file.js';
import { SeedError } from '../../seed/seed-error.js';
import { CommandFailure } from '../failure.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

interface Options {
  readonly file?: string;
  readonly clientId?: string;
  readonly name?: string;
  readonly template?: string;
  readonly profile?: string;
  readonly redirectUri?: readonly string[];
  readonly postLogoutRedirectUri?: readonly string[];
  readonly grantType?: readonly string[];
  readonly authMethod?: string;
  readonly scope?: readonly string[];
  readonly optionalScope?: readonly string[];
  readonly firstParty?: true;
  readonly consent?: string;
}

/** `gatehouse client create`: registers a client by the rules of REST; its secret is shown once. */
export function clientCreate(parent: Command, runner: Runner): void {
  leaf(parent, 'create', 'register a client; its secret is shown once')
    .option('--file <file>', 'its members as REST takes them (.json, .yaml, .yml); options win over them')
    .option('--client-id <id>', 'the id; made when absent')
    .option('--name <name>', 'the name that users see')
    .addOption(new Option('--template <template>', 'what is being built').choices(CLIENT_TEMPLATES))
    .addOption(new Option('--profile <profile>', 'the kind of client').choices(CLIENT_PROFILES))
    .option('--redirect-uri <uri...>', 'where users come back to')
    .option('--post-logout-redirect-uri <uri...>', 'where users come back to after signing out')
    .addOption(new Option('--grant-type <type...>', 'how it may get tokens').choices(CLIENT_GRANT_TYPES))
    .addOption(new Option('--auth-method <method>', 'how it proves itself').choices(withoutKeys()))
    .option('--scope <scope...>', 'all it may ask for')
    .option('--optional-scope <scope...>', 'those that users may untick')
    .option('--first-party', "the company's own client")
    .addOption(new Option('--consent <policy>', 'when users are asked').choices(CONSENT_POLICIES))
    .action(runner.action((options: Options) => create(runner, options)));
}

/** A client that signs needs its keys, which do not fit on a command line: those come in a file. */
function withoutKeys(): string[] {
  return CLIENT_AUTH_METHODS.filter((method) => method !== 'private_key_jwt');
}

async function create(runner: Runner, options: Options): Promise<Answer> {
  const body = { ...(await membersOf(options.file)), ...bodyOf(options) };
  return runner.changing('client create', async (services) => {
    const { client_id: clientId, ...members } = checkedMessage(NewClient, body);
    const { input, problems: found } = await services(ClientMessages).registered(members, clientId);
    const problems = found.map(({ pointer, detail }) => ({ pointer, detail }));
    if (problems.length > 0) throw invalid(problems);
    const result = await services(ClientsService).register(input, { clientId });
    if (result.outcome === 'taken') throw refusal({ outcome: 'taken', pointer: '#/client_id' });
    if (result.outcome !== 'registered') throw refusal(result);
    const { client, clientSecret } = result;
    const secret = clientSecret === undefined ? [] : [`Client secret, shown this once: ${clientSecret.value}`];
    return {
      about: { clientId: client.clientId },
      json: registeredClient(client, clientSecret),
      lines: [`Client ${client.clientId} was registered.`, ...secret],
    };
  });
}

/** What the file says of the client. */
async function membersOf(file: string | undefined): Promise<object> {
  if (file === undefined) return {};
  try {
    const members = await readSeedFile(file);
    if (isJsonObject(members)) return members;
  } catch (error) {
    if (error instanceof SeedError) throw new CommandFailure(`${file} cannot be read.`, error.problems);
    throw error;
  }
  throw new CommandFailure(`${file} does not hold one client.`);
}

/** What the options say of it, without those that are absent. */
function bodyOf(options: Options): object {
  const members = {
    client_id: options.clientId,
    client_name: options.name,
    template: options.template,
    profile: options.profile,
    redirect_uris: options.redirectUri,
    post_logout_redirect_uris: options.postLogoutRedirectUri,
    grant_types: options.grantType,
    token_endpoint_auth_method: options.authMethod,
    scope: options.scope?.join(' '),
    optional_scope: options.optionalScope?.join(' '),
    first_party: options.firstParty,
    consent: options.consent,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
