import type { PasswordsService } from '#authentication/index.js';
import type { ClientsService } from '#clients/index.js';
import type { Random } from '#platform/crypto/index.js';
import type { UsersService } from '#users/index.js';

/** A user who exists for one examination. */
export interface ThrowAwayUser {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** A client that exists for one examination. */
export interface ThrowAwayClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

/** The services that make and remove them. */
export interface ThrowAwayServices {
  readonly users: Pick<UsersService, 'create' | 'delete'>;
  readonly passwords: Pick<PasswordsService, 'set'>;
  readonly clients: Pick<ClientsService, 'register' | 'delete'>;
  readonly random: Random;
}

/** Nobody is there (RFC 2606 §2); the browser of the examination does not go there either. */
const REDIRECT_URI = 'https://doctor.invalid/callback';

/** Lends a user who is removed afterwards, whatever happens. */
export async function withThrowAwayUser<T>(
  { users, passwords, random }: Omit<ThrowAwayServices, 'clients'>,
  work: (user: ThrowAwayUser) => Promise<T>,
): Promise<T> {
  const username = `doctor-${random.id()}`;
  const email = `${username}@doctor.invalid`;
  const creation = await users.create({ username, claims: { email, name: 'Examination by the doctor' } });
  if (creation.outcome !== 'created') throw new Error('the throw-away user cannot be made');
  const { id } = creation.user;
  try {
    const password = random.secret();
    await passwords.set(id, password);
    return await work({ id, username, email, password });
  } finally {
    await users.delete(id);
  }
}

/** Lends a client that is removed afterwards, whatever happens. */
export async function withThrowAwayClient<T>(
  { clients, random }: Pick<ThrowAwayServices, 'clients' | 'random'>,
  work: (client: ThrowAwayClient) => Promise<T>,
): Promise<T> {
  const registration = await clients.register(
    { clientName: 'Examination by the doctor', redirectUris: [REDIRECT_URI], scope: ['openid', 'email'] },
    { clientId: `doctor-${random.id()}` },
  );
  if (registration.outcome !== 'registered') throw new Error('the throw-away client cannot be made');
  const { clientId } = registration.client;
  try {
    const clientSecret = registration.clientSecret?.value ?? '';
    return await work({ clientId, clientSecret, redirectUri: REDIRECT_URI });
  } finally {
    await clients.delete(clientId);
  }
}
