import { type User, UsersService } from '#users/index.js';
import { CommandFailure } from './failure.js';
import type { Services } from './open-service.js';

/** The user whom an operator means: by id, user name or e-mail address. */
export async function userMeant(services: Services, text: string): Promise<User> {
  const users = services(UsersService);
  const user = (await users.find(text)) ?? (await users.findByLogin(text));
  if (user === undefined) throw new CommandFailure(`There is no user "${text}".`);
  return user;
}
