import { BareClient, type Answer, type SignedIn } from '../../support/bare-client.js';
import type { GivenClient, GivenUser } from '../../support/given.js';
import type { ServiceProcess } from '../../support/service-process.js';
import { UserAgent } from '../../support/user-agent.js';

/** What is done again and again, and how often it was answered rightly. */
export type Deed = 'sign-in' | 'sign-on' | 'refresh' | 'introspection' | 'revocation';

/** Users who sign in, stay and leave, in a closed loop: each answer is judged before the next question. */
export class Load {
  readonly wrong: string[] = [];
  readonly #done = new Map<Deed, number>();
  readonly #rounds = new Set<Promise<void>>();
  #processes: readonly ServiceProcess[];
  #turn = 0;
  #going = true;

  constructor(
    private readonly client: GivenClient,
    private readonly users: readonly GivenUser[],
    first: ServiceProcess,
  ) {
    this.#processes = [first];
    for (const user of users) this.#rounds.add(this.#goOn(user));
  }

  /** How often a deed has been done in order. */
  done(deed: Deed): number {
    return this.#done.get(deed) ?? 0;
  }

  /** Lets so many rounds of each user pass at these processes, in turn; when it comes back nobody asks others. */
  async through(processes: readonly ServiceProcess[], rounds: number): Promise<void> {
    this.#processes = processes;
    // Whatever was under way at others ends within the first round.
    const wanted = this.done('revocation') + this.users.length * (rounds + 1);
    while (this.done('revocation') < wanted && this.wrong.length === 0) await pause(20);
  }

  async end(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#rounds);
  }

  async #goOn(user: GivenUser): Promise<void> {
    while (this.#going) {
      try {
        await this.#round(user);
      } catch (error) {
        this.wrong.push(error instanceof Error ? error.message : String(error));
        await pause(100);
      }
    }
  }

  /** One user's way: each step at the next process, so that what one has begun another goes on with. */
  async #round(user: GivenUser): Promise<void> {
    const tokens = await this.#signIn(user);
    let { refreshToken, accessToken } = tokens;
    for (let times = 0; times < 3; times += 1) {
      const { status, body } = await this.#next().refresh(refreshToken);
      const [next, access] = [body['refresh_token'], body['access_token']];
      this.#judge('refresh', status === 200 && typeof next === 'string' && next !== refreshToken, { status, body });
      [refreshToken, accessToken] = [String(next), String(access)];
      const known = await this.#next().introspect(accessToken);
      this.#judge('introspection', known.body['active'] === true && known.body['sub'] === user.id, known);
    }
    const revoked = await this.#next().revoke(refreshToken);
    this.#judge('revocation', revoked.status === 200, revoked);
    const ended = await this.#next().introspect(refreshToken);
    this.#judge('introspection', ended.status === 200 && ended.body['active'] === false, ended);
  }

  /** Signs in page by page at one process after the other, redeems the code, and is known without a page afterwards. */
  async #signIn(user: GivenUser): Promise<SignedIn> {
    const browser = this.#browser();
    const obtained = await this.#inBrowser().obtainCode(browser, user, { scope: 'openid offline_access' });
    const response = await this.#next().redeem(obtained);
    const texts = ['access_token', 'refresh_token', 'id_token'].map((name) => response.body[name]);
    this.#judge('sign-in', response.status === 200 && texts.every((text) => typeof text === 'string'), response);
    const [accessToken = '', refreshToken = '', idToken = ''] = texts.map(String);
    const { answer } = await browser.visit(this.#inBrowser().request({ prompt: 'none' }).url, { site: 'cross-site' });
    this.#judge('sign-on', answer['code'] !== undefined, answer);
    return { ...obtained, accessToken, refreshToken, idToken, response };
  }

  /** A browser each of whose requests the next process answers, as behind a load balancer. */
  #browser(): UserAgent {
    const { issuer } = this.#process();
    const toTheNext: typeof fetch = (url, init) => {
      const { pathname, search } = new URL(url instanceof Request ? url.url : url);
      return fetch(this.#process().url(pathname + search), init);
    };
    return new UserAgent(issuer, { fetch: toTheNext });
  }

  /** The client as a browser is sent away from it: to the issuer, whoever answers there. */
  #inBrowser(): BareClient {
    const { issuer, clock } = this.#process();
    return new BareClient({ issuer, clock, url: (path) => issuer + path }, this.client);
  }

  #next(): BareClient {
    return new BareClient(this.#process(), this.client);
  }

  #process(): ServiceProcess {
    const chosen = this.#processes[this.#turn % this.#processes.length];
    this.#turn += 1;
    if (chosen === undefined) throw new Error('no process runs');
    return chosen;
  }

  #judge(deed: Deed, isRight: boolean, answer: Pick<Answer, 'status' | 'body'> | object): void {
    if (!isRight) throw new Error(`a wrong answer to ${deed}: ${JSON.stringify(answer)}`);
    this.#done.set(deed, this.done(deed) + 1);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
