import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { ClientMetadataInput } from '#clients/index.js';
import { anyLanguage, aUser, type GivenUser } from '../../support/given.js';
import { startService, type ServiceChoices, type TestService } from '../../support/start-service.js';
import { aVisitor, startChromium, type Visitor } from './chromium.js';
import { openSite, type RelyingPartySite } from './relying-party-site.js';

/** What every browser test stands on; `alice` and her `visitor` are new for each test. */
export interface Stage {
  service: TestService;
  browser: Browser;
  site: RelyingPartySite;
  alice: GivenUser;
  visitor: Visitor;
}

/** What a file may choose about its stage. */
export interface StageChoices {
  readonly client?: ClientMetadataInput;
  readonly scope?: string;
  readonly browser?: BrowserContextOptions;
  readonly env?: NonNullable<ServiceChoices['env']>;
  /** Prepares the service before the client is registered. */
  readonly prepare?: (service: TestService) => Promise<unknown>;
}

/** Sets the stage for a file; after each test no page may have met its content security policy. */
export function setStage({ client, scope, browser: options, env = {}, prepare }: StageChoices = {}): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    [stage.service, stage.browser] = await Promise.all([startService({ env }), startChromium()]);
    await prepare?.(stage.service);
    stage.site = await openSite(stage.service, client, scope);
  });
  afterAll(async () => {
    await stage.browser.close();
    await stage.site.close();
    await stage.service.close();
  });
  beforeEach(async () => {
    stage.alice = await aUser(stage.service, anyLanguage());
    stage.visitor = await aVisitor(stage.browser, options);
  });
  afterEach(async () => {
    const { complaints } = stage.visitor;
    await stage.visitor.close();
    expect(complaints).toEqual([]);
  });
  return stage;
}
