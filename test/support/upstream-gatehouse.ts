import { UpstreamProvidersService, type ProviderInput, type UpstreamProvider } from '#federation/index.js';
import { aClient, uniqueName, type GivenClient, type GivenUser } from './given.js';
import type { TestService } from './start-service.js';
import { UserAgent, type Visit } from './user-agent.js';

/** Makes a provider that must come about. */
export async function aProvider(service: TestService, input: ProviderInput): Promise<UpstreamProvider> {
  const made = await service.app.get(UpstreamProvidersService, { strict: false }).create(input);
  if (made.outcome !== 'created') throw new Error(`no provider: ${JSON.stringify(made)}`);
  return made.provider;
}

/** Another Gatehouse as the provider of a service: a client there, a provider here. */
export async function aGatehouseAsProvider(
  service: TestService,
  upstream: TestService,
  wish: Partial<ProviderInput> = {},
): Promise<{ readonly provider: UpstreamProvider; readonly client: GivenClient }> {
  const slug = uniqueName('other');
  const client = await aClient(upstream, {
    redirectUris: [service.url(`/federation/${slug}/callback`)],
    firstParty: true,
    consent: 'skip',
  });
  const provider = await aProvider(service, {
    preset: 'oidc',
    slug,
    issuer: upstream.issuer,
    clientId: client.clientId,
    ...(client.clientSecret === undefined ? {} : { clientSecret: client.clientSecret }),
    ...wish,
  });
  return { provider, client };
}

/** Somebody's browser, as two services see it. */
export class TwoSidedBrowser {
  readonly here: UserAgent;
  readonly there: UserAgent;

  constructor(service: TestService, upstream: TestService) {
    this.here = new UserAgent(service.issuer);
    this.there = new UserAgent(upstream.issuer);
  }

  /** Presses the button of a provider, signs in there, and ends where the provider sends the browser back to. */
  async fetchAnswer(signIn: Visit, provider: UpstreamProvider, user: GivenUser): Promise<URL> {
    const asked = await this.depart(signIn, provider);
    const page = await this.there.visit(asked);
    const { leftFor } =
      page.leftFor === undefined
        ? await this.there.submit(page, '#sign-in', { username: user.username, password: user.password })
        : page;
    if (leftFor === undefined) throw new Error('the provider did not send the browser back');
    return leftFor;
  }

  /** Presses the button of a provider; where the browser is sent. */
  async depart(signIn: Visit, provider: Pick<UpstreamProvider, 'slug'>): Promise<URL> {
    const href = signIn.html.find(`idp-${provider.slug}`)?.attributes.get('href');
    if (href === undefined) throw new Error(`there is no such button: ${signIn.html.words}`);
    const gone = await this.here.visit(new URL(href, signIn.url), { site: 'same-origin' });
    if (gone.leftFor === undefined) throw new Error(`the button led to ${gone.url.href}: ${gone.html.words}`);
    return gone.leftFor;
  }
}
