import { Injectable } from '@nestjs/common';
import { labelOf, PendingLinks, titleOf, UpstreamProvidersService } from '#federation/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { ProviderLink, SignInModel } from '#views/index.js';
import { whereaboutsQuery, type SignInWhereabouts } from './sign-in-address.js';

/** What the sign-in page offers and says of other services. */
export type ProviderOffer = Pick<SignInModel, 'providers' | 'linking'>;

/** Finds out through which other services one can sign in here, and what waits to be linked. */
@Injectable()
export class ProviderOffers {
  constructor(
    private readonly providers: UpstreamProvidersService,
    private readonly links: PendingLinks,
    private readonly issuer: IssuerSettings,
  ) {}

  async at(browser: string, where: SignInWhereabouts): Promise<ProviderOffer> {
    const active = await this.providers.active();
    if (active.length === 0) return {};
    const query = whereaboutsQuery(where);
    const waiting = await this.links.find(browser);
    const providers: ProviderLink[] = active.map((provider) => ({
      id: `idp-${provider.slug}`,
      title: titleOf(provider),
      icon: iconOf(provider),
      path: this.issuer.path(`/federation/${provider.slug}`) + query,
    }));
    return {
      providers,
      ...(waiting && { linking: { title: titleOf(waiting.provider), label: labelOf(waiting.identity) } }),
    };
  }
}

/** The drawing of a provider: that which was chosen, or that of its preset. */
export function iconOf({ icon, preset }: { readonly icon?: ProviderLink['icon']; readonly preset: string }) {
  const known = ['google', 'microsoft', 'facebook', 'x', 'github'] as const;
  return icon ?? known.find((name) => name === preset) ?? 'key';
}
