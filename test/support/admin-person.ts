import { ADMIN_SCOPES } from '#resources/index.js';
import type { UserInput } from '#users/index.js';
import { AdminApi } from './admin-api.js';
import { withAuthenticator } from './authenticator.js';
import { BareClient, type Answer } from './bare-client.js';
import { aBrowser, aClient, aUser } from './given.js';
import { signIn } from './signing-in.js';
import type { TestService } from './start-service.js';

/** Somebody who administers, with a token of theirs. */
export interface Person {
  readonly id: string;
  /** Another sign-in of the same person, through another application. */
  again(): Promise<Person>;
  send(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** How somebody signs in: with a second factor, unless said. */
interface Strength {
  readonly weak?: true;
}

/** Somebody of the administration who signed in a moment ago. */
export async function aPerson(
  service: TestService,
  wish: Partial<UserInput>,
  { weak }: Strength = {},
): Promise<Person> {
  const user = await aUser(service, wish);
  const app = weak === true ? undefined : await withAuthenticator(service, user);
  const scope = [...ADMIN_SCOPES, 'openid'];
  const again = async (): Promise<Person> => {
    service.clock.advance('30s');
    const bare = new BareClient(service, await aClient(service, { scope, firstParty: true, consent: 'skip' }));
    const resource = `${service.issuer}/api/v1`;
    const request = { scope: scope.join(' '), resource, ...(app && { acr_values: '2' }) };
    const sent = bare.request(request);
    const browser = aBrowser(service);
    const asked = await signIn(browser, await browser.visit(sent.url), user);
    const { answer } = app === undefined ? asked : await browser.submit(asked, '#verify', { code: app.code() });
    const { body } = await bare.redeem({ ...sent, code: answer['code'] ?? '' });
    const api = await AdminApi.of(service, []);
    return {
      id: user.id,
      again,
      send: (method, path, message, headers = {}) =>
        api.send(method, path, {
          authorization: `Bearer ${String(body['access_token'])}`,
          headers,
          ...(message && { body: JSON.stringify(message), type: 'application/json' }),
        }),
    };
  };
  return again();
}
