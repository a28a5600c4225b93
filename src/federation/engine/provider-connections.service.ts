import { Injectable } from '@nestjs/common';
import { IssuerSettings } from '#platform/config/index.js';
import { PRESETS } from '../presets/index.js';
import type { UpstreamProvider } from '../providers/upstream-provider.js';
import { DiscoveryDocuments, type DiscoveryDocument } from './discovery-documents.service.js';
import { configuredEndpoints, discoveredEndpoints, type ProviderEndpoints } from './provider-endpoints.js';

/** A provider as it is configured and can be reached now; another one when either changes. */
export interface ProviderConnection {
  readonly provider: UpstreamProvider;
  readonly endpoints: ProviderEndpoints;
  /** Where the provider sends browsers back to: an address of its own for each, so that answers cannot be mixed up (RFC 9700 §4.4.2). */
  readonly redirectUri: string;
}

/** A connection, or why there is none. */
export type OpenedConnection =
  | { readonly outcome: 'open'; readonly connection: ProviderConnection }
  | { readonly outcome: 'unavailable'; readonly detail: string };

interface Kept {
  readonly document: DiscoveryDocument | undefined;
  readonly connection: ProviderConnection;
}

/** How providers are reached: what is derived from a row and a discovery document lives as long as both stay the same. */
@Injectable()
export class ProviderConnections {
  readonly #kept = new WeakMap<UpstreamProvider, Kept>();

  constructor(
    private readonly documents: DiscoveryDocuments,
    private readonly issuer: IssuerSettings,
  ) {}

  async open(provider: UpstreamProvider): Promise<OpenedConnection> {
    const configured = configuredEndpoints(provider);
    if (configured !== undefined) return this.#opened(provider, undefined, configured);
    const asked = PRESETS[provider.preset].issuer?.(provider);
    if (asked === undefined) return { outcome: 'unavailable', detail: 'no issuer is configured' };
    const discovery = await this.documents.of(asked);
    if (discovery.outcome === 'unavailable') return discovery;
    const found = discoveredEndpoints(provider, asked, discovery.document);
    return found.outcome === 'found' ? this.#opened(provider, discovery.document, found.endpoints) : found;
  }

  #opened(
    provider: UpstreamProvider,
    document: DiscoveryDocument | undefined,
    endpoints: ProviderEndpoints,
  ): OpenedConnection {
    const kept = this.#kept.get(provider);
    if (kept !== undefined && kept.document === document) return { outcome: 'open', connection: kept.connection };
    const connection = { provider, endpoints, redirectUri: this.redirectUri(provider.slug) };
    this.#kept.set(provider, { document, connection });
    return { outcome: 'open', connection };
  }

  /** The redirect URI to register at a provider. */
  redirectUri(slug: string): string {
    return this.issuer.url(`/federation/${slug}/callback`);
  }
}
