import { expect } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { SessionsService } from '#sessions/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { GroupsService } from '#users/index.js';
import { BareClient } from './bare-client.js';
import { aClient, aUser, uniqueName, type GivenUser } from './given.js';
import type { TestService } from './start-service.js';
import type { UserAgent, Visit } from './user-agent.js';

/** Who demands a second factor. */
export const DEMANDS = ['the company', 'a group', 'the client'] as const;

/** A second factor that is demanded of everybody in a group, by one of those who can demand it, as long as a story lasts. */
export class RequiredFactor {
  private constructor(
    private readonly service: TestService,
    private readonly by: (typeof DEMANDS)[number],
    private readonly group: string,
    private readonly clientId: string,
    /** A client of the company, which asks for nothing by itself. */
    readonly client: BareClient,
  ) {}

  /** Demands it while the story is told. */
  static async inForce(
    service: TestService,
    by: (typeof DEMANDS)[number],
    story: (required: RequiredFactor) => Promise<void>,
  ): Promise<void> {
    const group = uniqueName('careful');
    await service.app.get(GroupsService, { strict: false }).create({ name: group });
    const client = await aClient(service, { firstParty: true, consent: 'skip' });
    const required = new RequiredFactor(service, by, group, client.clientId, new BareClient(service, client));
    await required.demand();
    try {
      await story(required);
    } finally {
      await required.lift();
    }
  }

  demand(): Promise<void> {
    return this.set('required');
  }

  lift(): Promise<void> {
    return this.set('optional');
  }

  /** The groups of those of whom it is demanded. */
  get groups(): string[] {
    return [this.group];
  }

  /** Somebody of whom it is demanded. */
  somebody(): Promise<GivenUser> {
    return aUser(this.service, { groups: this.groups });
  }

  /** No session that says less than two factors, unless only the client demands them. */
  async expectNoSession(userId: string): Promise<void> {
    const sessions = await this.get(SessionsService).listByUser(userId);
    if (this.by !== 'the client') expect(sessions).toEqual([]);
  }

  /** Tries in every way to get something for the client with what the browser has; nothing may come of it. */
  async expectNothingFor(browser: UserAgent): Promise<void> {
    const { client } = this;
    const silent = await browser.visit(client.request({ prompt: 'none' }).url);
    expect(silent.answer).toMatchObject({ error: 'login_required' });
    for (const wish of [{}, { acr_values: '1' }, { prompt: 'select_account' }, { max_age: '9999999' }]) {
      let page = await browser.visit(client.request(wish).url, { site: 'cross-site' });
      if (page.html.has('#select-account')) page = await browser.submit(page, '#select-account');
      expect(page.leftFor, JSON.stringify(wish)).toBeUndefined();
      const interaction = page.url.searchParams.get('interaction') ?? '';
      for (const path of [`/oauth2/authorize/${interaction}`, `/consent?interaction=${interaction}`]) {
        expect((await this.open(browser, path)).leftFor, path).toBeUndefined();
      }
    }
  }

  private open(browser: UserAgent, path: string): Promise<Visit> {
    return browser.visit(this.service.url(path));
  }

  private async set(secondFactor: 'required' | 'optional'): Promise<void> {
    const groups = this.get(GroupsService);
    if (this.by === 'the company') await this.get(CompanySettingsService).change({ secondFactor });
    else if (this.by === 'the client') await this.get(ClientsService).update(this.clientId, { secondFactor });
    else await groups.update((await groups.findByName(this.group))?.id ?? '', { secondFactor });
    this.service.clock.advance('2s'); // what other processes know is at most a second old
  }

  private get<T>(type: abstract new (...parameters: never[]) => T): T {
    return this.service.app.get<T>(type, { strict: false });
  }
}
