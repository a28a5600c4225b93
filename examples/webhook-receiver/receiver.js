// Takes webhooks: checks who sent them, answers at once, and handles each message once.
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const { WEBHOOK_SECRET = '', PORT = '4000' } = process.env;
const LARGEST = 64 * 1024;
const REMEMBERED = 10_000;

const checker = new Webhook(WEBHOOK_SECRET);
// A program that runs for long keeps these in its database, in the transaction that does the work.
const seen = new Set();

const handlers = {
  'user.registered': ({ user_id }) => console.log(`registered: ${user_id}`),
  'user.signed_in': ({ user_id, client_id = 'the account page' }) =>
    console.log(`signed in: ${user_id} for ${client_id}`),
};

const server = createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    () => response.writeHead(500).end(),
  );
});

/** The status to answer: 2xx and the message does not come again, anything else and it does. */
async function receive(request) {
  if (request.method !== 'POST') return 405;
  const body = await bodyOf(request);
  if (body === undefined) return 413;
  let message;
  try {
    // Over the bytes as they came; refuses what is older than five minutes.
    message = checker.verify(body, request.headers);
  } catch {
    return 401;
  }
  const id = request.headers['webhook-id'];
  if (!seen.has(id)) {
    handlers[message.type]?.(message.data);
    seen.add(id);
    if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
  }
  return 204;
}

async function bodyOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > LARGEST) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
