import { random } from '../lib/provider.mjs';
import { must } from '../lib/http.mjs';
import { DONE } from '../lib/load.mjs';

/**
 * The scenarios of docs/performance.md. `prepare` makes what the operation needs, outside the measured time, and gives
 * the operation of a worker; `check` looks afterwards whether what was answered is true.
 */
export const SCENARIOS = [
  { name: 'discovery-jwks', title: 'discovery + JWKS', prepare: discovery },
  { name: 'client-credentials', title: 'client_credentials, JWT access token', prepare: clientCredentials },
  { name: 'introspection-active', title: 'introspection, active', prepare: introspectionActive },
  { name: 'introspection-unknown', title: 'introspection, unknown', prepare: introspectionUnknown },
  { name: 'refresh', title: 'refresh with rotation (and an RS256 ID token)', prepare: refresh },
  { name: 'sign-in', title: 'full sign-in: page, password, consent, code, tokens', prepare: signIn },
  { name: 'sign-on', title: 'single sign-on: authorize, code, tokens', prepare: signOn },
  { name: 'userinfo', title: 'userinfo', prepare: userinfo },
  { name: 'revocation', title: 'revocation', prepare: revocation },
];

async function discovery({ provider: { http, metadata } }) {
  const paths = ['/.well-known/openid-configuration', metadata.jwks_uri];
  const expected = await Promise.all(paths.map(async (path) => (await http.send('GET', path)).text));
  let turn = 0;
  return async () => {
    const which = turn++ % 2;
    const answer = await http.send('GET', paths[which]);
    must(answer.status === 200 && answer.text === expected[which], 'another document', answer);
  };
}

function clientCredentials({ provider }) {
  return () => provider.machineToken();
}

async function introspectionActive({ provider, workers }) {
  const tokens = await forEach(workers, (worker) => provider.signIn(worker));
  return async (worker) => {
    const answer = await provider.introspect(tokens[worker].tokens.access_token);
    must(answer.active === true && answer.client_id === 'bench-app', `wrong answer ${JSON.stringify(answer)}`);
  };
}

function introspectionUnknown({ provider }) {
  return async () => {
    const answer = await provider.introspect(random(32));
    must(JSON.stringify(answer) === '{"active":false}', `wrong answer ${JSON.stringify(answer)}`);
  };
}

async function refresh({ provider, workers }) {
  const scope = 'openid offline_access';
  const signedIn = await forEach(workers, (worker) =>
    provider.signIn(worker, { scope, parameters: { prompt: 'consent' } }),
  );
  const current = signedIn.map(({ tokens }) => tokens.refresh_token);
  return async (worker) => {
    current[worker] = (await provider.refresh(current[worker])).refresh_token;
  };
}

/** prompt=consent: the consent page is part of every sign-in, although the users of the benchmark come again. */
function signIn({ provider }) {
  return (worker) => provider.signIn(worker, { parameters: { prompt: 'consent' } });
}

async function signOn({ provider, workers }) {
  const signedIn = await forEach(workers, (worker) => provider.signIn(worker));
  return (worker) => provider.signOn(signedIn[worker].browser);
}

async function userinfo({ provider, workers }) {
  const signedIn = await forEach(workers, (worker) => provider.signIn(worker));
  return async (worker) => {
    const claims = await provider.userInfo(signedIn[worker].tokens.access_token);
    must(claims.email === `user-${worker}@bench.example`, `user info of somebody else: ${JSON.stringify(claims)}`);
  };
}

/** Each token is revoked once, so they are made beforehand; at the end some are looked at again. */
async function revocation({ provider, workers, seconds, warmUpSeconds }) {
  const wanted = Math.ceil((seconds + warmUpSeconds) * MOST_REVOCATIONS_PER_SECOND);
  const stock = [];
  await forEach(workers, async () => {
    while (stock.length < wanted) stock.push(await provider.revocableToken());
  });
  let next = 0;
  return Object.assign(
    async () => {
      if (next >= stock.length) return DONE;
      await provider.revoke(stock[next++]);
    },
    {
      check: async () => {
        for (const token of stock.slice(0, next).filter((_, index) => index % 500 === 0)) {
          must((await provider.introspectAsMachine(token)).active === false, 'a revoked token is active');
        }
      },
    },
  );
}

const MOST_REVOCATIONS_PER_SECOND = 5000;

function forEach(workers, work) {
  return Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
}
