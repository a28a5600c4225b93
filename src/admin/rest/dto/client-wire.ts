import type {
  Client,
  ClientMetadata,
  ClientMetadataChanges,
  ClientMetadataInput,
  NewClientSecret,
} from '#clients/index.js';
import type { Plain } from '../member.decorators.js';
import { camelMembers, camelName, snakeMembers } from '../wire-names.js';
import type { ClientAnswer, ClientMembers, ClientRecord, RegisteredClient } from './client.dto.js';
import { stampsOf } from './stamps.dto.js';

/** Reads a message as what it says about a client. */
export function clientInput(message: Plain<ClientMembers>): ClientMetadataInput {
  const { scope, optional_scope, unticked_scope, company_approved_scope, default_scope, jwks, ...rest } = message;
  return {
    ...camelMembers(rest),
    scope: words(scope),
    optionalScope: words(optional_scope),
    untickedScope: words(unticked_scope),
    companyApprovedScope: words(company_approved_scope),
    defaultScope: words(default_scope),
    jwks: jwks && { keys: jwks.keys },
  };
}

/** Reads a patched message as the changes it makes. */
export function clientChanges(message: Plain<ClientMembers>, removed: readonly string[]): ClientMetadataChanges {
  const changes: Record<string, unknown> = Object.fromEntries(removed.map((name) => [camelName(name), null]));
  for (const [name, value] of Object.entries(clientInput(message))) if (value !== undefined) changes[name] = value;
  return changes;
}

/** A client as it is answered. */
export function clientAnswer(client: Client): Plain<ClientAnswer> {
  const { clientId, selfRegistered, version, createdAt, updatedAt } = client;
  return {
    client_id: clientId,
    ...clientRecord(metadataOf(client)),
    ...{ self_registered: selfRegistered, version },
    client_id_issued_at: seconds(createdAt),
    ...stampsOf({ createdAt, updatedAt }),
  };
}

/** What of a client somebody registered, without what the service keeps beside it. */
export function metadataOf(client: Client): ClientMetadata {
  const { clientId: _id, selfRegistered: _self, version: _number, tokensRevokedBefore: _mark, ...rest } = client;
  const { createdAt: _made, updatedAt: _changed, ...metadata } = rest;
  return metadata;
}

/** What was said of a client, as messages say it: lists of scopes are one text, what was not said is left out. */
export function clientRecord(metadata: ClientMetadataInput): Plain<ClientRecord> {
  const members = Object.entries(snakeMembers(metadata)).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return [];
    return [[name, /(^|_)scope$/.test(name) ? (value as readonly string[]).join(' ') : value]];
  });
  return Object.fromEntries(members) as Plain<ClientRecord>;
}

/** A client and the secret that was made with it (RFC 7591 §3.2.1). */
export function registeredClient(client: Client, secret: NewClientSecret | undefined): Plain<RegisteredClient> {
  const answer = clientAnswer(client);
  return secret === undefined ? answer : { ...answer, client_secret: secret.value, client_secret_expires_at: 0 };
}

function words(list: string | undefined): string[] | undefined {
  return list?.split(' ').filter((word) => word !== '');
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
