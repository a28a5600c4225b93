import type { Client } from '#clients/index.js';
import { applicationKind } from './application-kind.js';
import { DEVICE_LIBRARIES } from './libraries/devices.js';
import { FRAMEWORKS } from './libraries/frameworks.js';
import { NODE_LIBRARIES } from './libraries/node.js';
import { PROXIES } from './libraries/proxies.js';
import { PYTHON_LIBRARIES } from './libraries/python.js';
import type { ConfigurationFacts, Library } from './library.js';

/** Every library that a configuration is made for. */
export const LIBRARIES: readonly Library[] = [
  ...NODE_LIBRARIES,
  ...DEVICE_LIBRARIES,
  ...FRAMEWORKS,
  ...PYTHON_LIBRARIES,
  ...PROXIES,
];

/** What to put into an application so that it uses a client. */
export interface Configuration extends Pick<Library, 'id' | 'title' | 'language' | 'file' | 'documentation'> {
  readonly text: string;
}

/** A library that a client cannot be used with, and why. */
export interface UnsuitableLibrary {
  readonly library: string;
  readonly reason: string;
}

/** What can be copied for a client, and what cannot. */
export interface ClientConfigurations {
  readonly configurations: readonly Configuration[];
  readonly unsuitable: readonly UnsuitableLibrary[];
}

/** Makes the configurations of a client from its record; its secret, which nobody knows any more, is in none. */
export function clientConfigurations(client: Client, issuer: string): ClientConfigurations {
  const facts = configurationFacts(client, issuer);
  const judged = LIBRARIES.map((library) => ({ library, reason: unsuitability(library, facts) }));
  return {
    configurations: judged.flatMap(({ library, reason }) =>
      reason === undefined ? [configuration(library, facts)] : [],
    ),
    unsuitable: judged.flatMap(({ library: { id }, reason }) =>
      reason === undefined ? [] : [{ library: id, reason }],
    ),
  };
}

function configurationFacts(client: Client, issuer: string): ConfigurationFacts {
  const [postLogoutRedirectUri] = client.postLogoutRedirectUris;
  return {
    ...{ issuer, client, kind: applicationKind(client), scope: client.scope },
    redirectUri: client.redirectUris[0] ?? '',
    ...(postLogoutRedirectUri === undefined ? {} : { postLogoutRedirectUri }),
  };
}

function configuration({ id, title, language, file, documentation, text }: Library, facts: ConfigurationFacts) {
  return { id, title, language, file, documentation, text: text(facts) };
}

function unsuitability({ kinds, methods, misfit }: Library, facts: ConfigurationFacts): string | undefined {
  const { kind, client } = facts;
  if (!kinds.includes(kind)) return `is for ${kinds.join(' and ')} applications, and this is a ${kind} one`;
  const { tokenEndpointAuthMethod: method } = client;
  if (!methods.includes(method)) return `takes ${methods.join(', ')}, and this client has ${method}`;
  return misfit?.(facts);
}
