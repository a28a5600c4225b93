import type { PublicJwk } from '#keys/index.js';
import { PRESETS, type PresetName } from '../presets/index.js';
import type { ClientAuthentication, ProviderChoices } from './provider-choices.js';

/** Whether people can sign in through a provider. */
export const PROVIDER_STATUSES = ['active', 'disabled'] as const;

/** A provider through which people sign in. */
export interface UpstreamProvider extends ProviderChoices {
  readonly id: string;
  readonly slug: string;
  readonly preset: PresetName;
  readonly status: (typeof PROVIDER_STATUSES)[number];
  readonly clientId: string;
  /** The key by which we prove ourselves there, when we do it by a key. */
  readonly publicKey?: PublicJwk;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is given when a provider is configured. */
export interface ProviderInput extends Partial<ProviderChoices> {
  readonly preset: PresetName;
  readonly slug?: string;
  readonly status?: UpstreamProvider['status'];
  readonly clientId: string;
  readonly clientSecret?: string;
}

/** How the provider is called where people choose it. */
export function titleOf({ title, preset }: Pick<UpstreamProvider, 'title' | 'preset'>): string {
  return title ?? PRESETS[preset].title;
}

/** How we prove ourselves to the provider. */
export function authenticationAt({
  clientAuthentication,
  preset,
}: Pick<ProviderInput, 'clientAuthentication' | 'preset'>): ClientAuthentication {
  return clientAuthentication ?? PRESETS[preset].clientAuthentication;
}
