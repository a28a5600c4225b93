// What every service under test is told to know: the same users, clients and API.

export const REDIRECT_URI = 'https://bench.example/callback';
export const APP = { id: 'bench-app', secret: 'the-secret-of-the-benchmark-application' };
export const MACHINE = { id: 'bench-machine', secret: 'the-secret-of-the-benchmark-machine-01' };
export const API = 'https://api.bench.example';
export const PASSWORD = 'correct horse battery staple';

/** The part of the API whose tokens are opaque in a provider that revokes no JWT; others have no such part. */
export const OPAQUE_API = `${API}/opaque`;

/** argon2id as OWASP wants it at least, and as Gatehouse does it. */
export const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The people of the benchmark, one for each worker of the load generator. */
export function users(count) {
  return Array.from({ length: count }, (_, number) => ({
    username: `user-${number}`,
    name: `User ${number}`,
    email: `user-${number}@bench.example`,
    email_verified: true,
  }));
}

/** The same as a seed file of Gatehouse. */
export function seed(count) {
  return {
    resources: [{ id: 'bench', identifier: API, name: 'Bench' }],
    scopes: [{ name: 'bench:read', resource: API, title: 'Read', description: 'Read.' }],
    users: users(count).map((user) => ({ ...user, password: PASSWORD })),
    clients: [
      {
        client_id: APP.id,
        client_secret: APP.secret,
        client_name: 'Bench',
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code', 'refresh_token'],
        scope: 'openid profile email offline_access',
      },
      {
        client_id: MACHINE.id,
        client_secret: MACHINE.secret,
        grant_types: ['client_credentials'],
        scope: 'bench:read',
      },
    ],
  };
}
