import { answerOf, type Answer } from './bare-client.js';
import { CALLBACK, type GivenClient } from './given.js';
import type { TestService } from './start-service.js';

/** What a client says of itself, or what it is answered. */
export type Registered = Readonly<Record<string, unknown>>;

/** Registers a client as applications do that find the endpoint by themselves (RFC 7591 §3.1). */
export async function registerItself(
  service: Pick<TestService, 'url'>,
  metadata: Registered = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return answerOf(
    await fetch(service.url('/oauth2/register'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ redirect_uris: [CALLBACK], ...metadata }),
    }),
  );
}

/** The same, and it must come about. */
export async function selfRegistered(
  service: Pick<TestService, 'url'>,
  metadata: Registered = {},
): Promise<Registered> {
  const { status, body, text } = await registerItself(service, metadata);
  if (status !== 201) throw new Error(`not registered but ${status} ${text}`);
  return body;
}

/** Speaks to the client configuration endpoint as the client that an answer is about (RFC 7592 §2). */
export async function manageItself(answer: Registered, method: string, body?: Registered): Promise<Answer> {
  const token = String(answer['registration_access_token']);
  return answerOf(
    await fetch(String(answer['registration_client_uri']), {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

/** What a client may send back: the answer without what only the server says (RFC 7592 §2.2). */
export function sendable(answer: Registered): Registered {
  const {
    registration_access_token: _token,
    registration_client_uri: _uri,
    client_secret_expires_at: _end,
    client_id_issued_at: _start,
    ...rest
  } = answer;
  return rest;
}

/** The client that an answer is about, as it signs users in. */
export function givenFrom(answer: Registered): GivenClient {
  const [redirectUri = CALLBACK] = answer['redirect_uris'] as readonly string[];
  return {
    clientId: String(answer['client_id']),
    clientSecret: String(answer['client_secret']),
    redirectUri,
    method: answer['token_endpoint_auth_method'] as GivenClient['method'],
  };
}
