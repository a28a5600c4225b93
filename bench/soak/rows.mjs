// Rows as the service itself wrote them, many times over.
import { randomFillSync } from 'node:crypto';

/**
 * The tables of the soak, parents first, and which columns are new in each row: `id` and `digest` in each row alone,
 * `session` and `grant` for what hangs together. All other columns are those of the sample.
 */
export const SOAKED = {
  session: { id: 'session', cookie_digest: 'digest' },
  client_session: { session_id: 'session' },
  interaction: { id: 'id', browser_digest: 'digest' },
  authorization_grant: { id: 'grant', session_id: 'session' },
  authorization_code: { digest: 'digest', grant_id: 'grant' },
  refresh_token_family: { id: 'id', grant_id: 'grant' },
  opaque_access_token: { digest: 'digest', jti: 'id', grant_id: 'grant' },
  used_jti: { digest: 'digest' },
  outbox: { id: 'id' },
};

/** The tables that the issue of the soak counts; the others come along, as they do with real sign-ins. */
export const COUNTED = Object.keys(SOAKED).filter(
  (table) => !['client_session', 'authorization_grant'].includes(table),
);

/** The first millisecond of 2001: whole numbers from then on are instants, smaller ones are counts and flags. */
const FIRST_INSTANT = 978_307_200_000;

/** Gives the rows of a table for sign-ins that run out at given instants: `[names, row of a story]`. */
export function multiplier(table, sample) {
  const fresh = SOAKED[table];
  const names = Object.keys(sample);
  const life = Number(sample.expires_at);
  const columns = names.map((name) => {
    const value = sample[name];
    if (fresh[name] !== undefined) return ({ [fresh[name]]: make }) => make();
    if (typeof value === 'number' && value >= FIRST_INSTANT) return ({ expiresAt }) => value + expiresAt - life;
    return () => value;
  });
  return { names, row: (story) => columns.map((column) => column(story)) };
}

/** What belongs to one sign-in: when it runs out, and the values that its rows share. */
export function story(expiresAt) {
  const [session, grant] = [newId(), newId()];
  return { expiresAt, session: () => session, grant: () => grant, id: newId, digest: newDigest };
}

/** The instants at which so many sign-ins run out, evenly from one instant to another. */
export function spread(count, from, to) {
  return Array.from({ length: count }, (_, number) => Math.floor(from + ((to - from) * (number + 1)) / count));
}

const pool = Buffer.alloc(65_536);
let used = pool.length;

function entropy(bytes) {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.subarray(used - bytes, used);
}

/** 43 characters, as of a SHA-256 digest in base64url. */
function newDigest() {
  return entropy(32).toString('base64url');
}

/** UUID version 7 (RFC 9562 §5.7), as the service makes its ids. */
function newId() {
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = entropy(10).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-a${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}
