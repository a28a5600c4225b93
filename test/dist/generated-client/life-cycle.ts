// What a script of an administrator does with the generated client; it is type-checked and run where that client was put.
import { client } from './generated/client.gen.js';
import {
  clientsChange,
  clientsDelete,
  clientsList,
  clientsRead,
  clientsRegister,
  clientsSecretsAdd,
  clientsSecretsList,
  clientsSecretsRemove,
  type ClientAnswer,
  type NewClient,
  type Problem,
} from './generated/index.js';

const { ISSUER = '', CLIENT_ID = '', CLIENT_SECRET = '' } = process.env;

const WANTED: NewClient = {
  client_id: 'generated',
  client_name: 'Generated',
  redirect_uris: ['https://app.example.com/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile email',
  optional_scope: 'email',
};

// @ts-expect-error -- no member but those of the document
export const UNKNOWN_MEMBER: NewClient = { client_nmae: 'Generated' };
// @ts-expect-error -- no value but those of the document
export const UNKNOWN_VALUE: NewClient = { consent: 'sometimes' };

const told: Record<string, unknown> = {};

/** RFC 6749 §4.4: a script speaks in its own name. */
async function token(): Promise<string> {
  const credentials = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');
  const answer = await fetch(`${ISSUER}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return String(((await answer.json()) as { access_token?: unknown }).access_token);
}

/** What an answer bears, where the program goes on only with success. */
function must<T>({ data, error }: { data?: T | undefined; error?: Problem | undefined }): T {
  if (data === undefined) throw new Error(`refused: ${error?.title ?? 'without a word'} ${error?.detail ?? ''}`);
  return data;
}

/** Every client, page by page. */
async function everyClient(): Promise<{ clients: ClientAnswer[]; pages: number }> {
  const clients: ClientAnswer[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: { items: ClientAnswer[]; next_cursor: string | null } = must(
      await clientsList({ query: { limit: 1, ...(cursor !== null && { cursor }) } }),
    );
    clients.push(...page.items);
    cursor = page.next_cursor;
    pages += 1;
  } while (cursor !== null);
  return { clients, pages };
}

async function create(): Promise<void> {
  const rehearsal = must(await clientsRegister({ body: WANTED, query: { dry_run: true } }));
  // The two answers of success are told apart by a member that only one has.
  if (!('dry_run' in rehearsal)) throw new Error('the dry run wrote something');
  told['rehearsed'] = { would: rehearsal.would, name: rehearsal.result.client_name };
  told['after rehearsal'] = (await clientsRead({ path: { client_id: 'generated' } })).response?.status;

  const headers = { 'Idempotency-Key': 'generated-1' };
  const first = must(await clientsRegister({ body: WANTED, headers }));
  const again = must(await clientsRegister({ body: WANTED, headers }));
  if (!('client_secret' in first) || !('client_secret' in again)) throw new Error('there is no secret');
  told['created'] = { id: first.client_id, replayed: first.client_secret === again.client_secret };
  const other = await clientsRegister({ body: { ...WANTED, client_name: 'Other' }, headers });
  told['other body'] = { status: other.error?.status, title: other.error?.title };
}

async function refused(): Promise<void> {
  const { error, response } = await clientsRegister({ body: { ...WANTED, redirect_uris: ['not a uri'] } });
  // Typed without a cast: a list of pointers with what is wrong there (RFC 9457 §3).
  const faults: { pointer: string; detail: string }[] = error?.errors ?? [];
  told['refused'] = { status: response?.status, same: error?.status, pointers: faults.map(({ pointer }) => pointer) };
  const missing = await clientsRead({ path: { client_id: 'nobody' } });
  told['missing'] = { status: missing.error?.status, request: missing.error?.request_id !== undefined };
}

async function change(): Promise<void> {
  const path = { client_id: 'generated' };
  const { data, response } = await clientsRead({ path });
  told['read'] = { name: data?.client_name, optional: data?.optional_scope };
  const headers = { 'If-Match': response?.headers.get('etag') ?? '' };
  const changed = must(await clientsChange({ path, headers, body: { client_name: 'Renamed', optional_scope: null } }));
  if (!('updated_at' in changed)) throw new Error('nothing was written');
  told['changed'] = { name: changed.client_name, optional: changed.optional_scope };
  const stale = await clientsChange({ path, headers, body: { client_name: 'Too late' } });
  told['stale'] = stale.error?.status;
  const rehearsal = must(await clientsChange({ path, body: { client_name: 'Rehearsed' }, query: { dry_run: true } }));
  told['rehearsed change'] = 'dry_run' in rehearsal && rehearsal.changes.map(({ pointer, to }) => [pointer, to]);
  told['unmoved'] = must(await clientsRead({ path })).client_name;
}

async function secrets(): Promise<void> {
  const path = { client_id: 'generated' };
  const made = must(await clientsSecretsAdd({ path, body: { expires_at: '2099-01-01T00:00:00Z' } }));
  if (!('client_secret' in made)) throw new Error('nothing was made');
  const ids = async () => must(await clientsSecretsList({ path })).items.map(({ id }) => id);
  const two = await ids();
  await clientsSecretsRemove({ path: { ...path, id: made.id } });
  told['secrets'] = { made: made.client_secret.length > 20, ends: made.expires_at, before: two.length };
  told['secret removed'] = two.includes(made.id) && !(await ids()).includes(made.id);
}

async function end(): Promise<void> {
  const path = { client_id: 'generated' };
  told['deleted'] = (await clientsDelete({ path })).response?.status;
  told['gone'] = (await clientsRead({ path })).error?.status;
}

const bearer = await token();
client.setConfig({ baseUrl: ISSUER, auth: bearer });
await create();
await refused();
const { clients, pages } = await everyClient();
told['listed'] = { all: pages >= clients.length, has: clients.some(({ client_id: id }) => id === 'generated') };
await change();
await secrets();
await end();
client.setConfig({ baseUrl: ISSUER, auth: 'not-a-token' });
told['no token'] = (await clientsList()).error?.status;
process.stdout.write(JSON.stringify(told));
