import { Injectable } from '@nestjs/common';
import {
  FederatedIdentities,
  labelOf,
  PendingLinks,
  titleOf,
  UpstreamProvidersService,
  UpstreamSignIns,
  type UpstreamProvider,
} from '#federation/index.js';
import { iconOf } from '#interaction/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { PostedForm } from '#platform/http/index.js';
import type { IdentitiesModel, LinkedIdentity } from '#views/index.js';
import { WayRemovals } from './way-removals.service.js';

/** Whose links are changed, and where: a session of theirs in a browser. */
export interface LinkingPlace {
  readonly userId: string;
  readonly sessionId: string;
  readonly browser: string;
}

/** What became of a form of the page; nothing when there was nothing to do. */
type Change = { readonly done?: IdentitiesModel['notice']; readonly problem?: IdentitiesModel['problem'] };

/** The accounts elsewhere that lead to a user: listed, linked by a sign-in there and a yes here, unlinked. */
@Injectable()
export class LinkedIdentities {
  constructor(
    private readonly identities: FederatedIdentities,
    private readonly providers: UpstreamProvidersService,
    private readonly signIns: UpstreamSignIns,
    private readonly links: PendingLinks,
    private readonly removals: WayRemovals,
    private readonly issuer: IssuerSettings,
  ) {}

  async list({ userId, sessionId, browser }: LinkingPlace) {
    const known = await this.providers.known();
    const identities = await this.identities.listByUser(userId);
    const waiting = await this.links.find(browser, sessionId);
    const linked = new Set(identities.map(({ providerId }) => providerId));
    const offers = [...known.values()].filter(({ id, status }) => status === 'active' && !linked.has(id));
    return {
      identities: identities.flatMap(({ providerId, id, label, createdAt, lastUsedAt }): LinkedIdentity[] => {
        const provider = known.get(providerId);
        return provider === undefined ? [] : [{ ...lookOf(provider), id, label, createdAt, lastUsedAt }];
      }),
      offers: offers.map((provider) => ({
        ...lookOf(provider),
        id: `idp-${provider.slug}`,
        path: this.issuer.path(`/account/identities/${provider.slug}`),
      })),
      ...(waiting && { waiting: { title: titleOf(waiting.provider), label: labelOf(waiting.identity) } }),
    };
  }

  /** Where the browser goes to prove an account there; undefined when the provider is not to be had. */
  async departure(slug: string, { sessionId, browser }: LinkingPlace): Promise<string | undefined> {
    const provider = await this.providers.activeBySlug(slug);
    if (provider === undefined) return undefined;
    const goal = { afresh: true, linking: { sessionId } };
    const departure = await this.signIns.depart({ provider, browser, goal });
    return departure.outcome === 'depart' ? departure.url : undefined;
  }

  async change(form: PostedForm, place: LinkingPlace): Promise<Change> {
    switch (form.get('action')) {
      case 'link':
        return this.link(place);
      case 'skip':
        return this.skip(place);
      case 'unlink':
        return this.unlink(place.userId, form.get('id') ?? '');
      default:
        return {};
    }
  }

  private async link({ userId, sessionId, browser }: LinkingPlace): Promise<Change> {
    const waiting = await this.links.find(browser, sessionId);
    const outcome = waiting && (await this.links.accept(waiting, browser, userId));
    if (outcome === 'linked') return { done: 'linked' };
    if (waiting === undefined || outcome === 'gone') return { problem: 'failed' };
    await this.links.decline(waiting, browser);
    return { problem: 'taken' };
  }

  private async skip({ sessionId, browser }: LinkingPlace): Promise<Change> {
    const waiting = await this.links.find(browser, sessionId);
    if (waiting !== undefined) await this.links.decline(waiting, browser);
    return {};
  }

  private async unlink(userId: string, id: string): Promise<Change> {
    const outcome = await this.removals.unlink(userId, id);
    if (outcome === 'needed') return { problem: 'needed' };
    return outcome === 'removed' ? { done: 'unlinked' } : {};
  }
}

function lookOf(provider: UpstreamProvider) {
  return { title: titleOf(provider), icon: iconOf(provider) };
}
