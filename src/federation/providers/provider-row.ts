import { isDeepStrictEqual } from 'node:util';
import type { PublicJwk } from '#keys/index.js';
import { PRESETS, type PresetName } from '../presets/index.js';
import { NO_CHOICES, type ProviderChoices } from './provider-choices.js';
import type { UpstreamProviderRow } from './upstream-provider.entity.js';
import type { ProviderInput, UpstreamProvider } from './upstream-provider.js';

/** The columns that say what an administrator decided; secrets and keys are not among them. */
export type ProviderColumns = Pick<UpstreamProviderRow, 'slug' | 'preset' | 'status' | 'clientId' | 'choices'>;

/** The columns that an input stands for: what differs from the usual; the slug defaults to the preset. */
export function columnsOf({
  preset,
  slug = preset,
  status = 'active',
  clientId,
  clientSecret: _secret,
  ...choices
}: ProviderInput): ProviderColumns {
  const { title, clientAuthentication } = PRESETS[preset];
  const usual: Readonly<Record<string, unknown>> = { ...NO_CHOICES, title, clientAuthentication };
  const chosen = Object.entries(choices).filter(([name, value]) => !isDeepStrictEqual(value, usual[name]));
  return { preset, slug, status, clientId, choices: Object.fromEntries(chosen) };
}

/** Reads a row as the provider it stands for. */
export function providerFrom(row: UpstreamProviderRow): UpstreamProvider {
  const { id, slug, clientId, createdAt, updatedAt } = row;
  return {
    ...NO_CHOICES,
    ...(row.choices as Partial<ProviderChoices>),
    id,
    slug,
    preset: row.preset as PresetName,
    status: row.status as UpstreamProvider['status'],
    clientId,
    ...(row.publicKey === null ? {} : { publicKey: row.publicKey as PublicJwk }),
    createdAt,
    updatedAt,
  };
}

/** What an administrator chose about a provider, as it was given. */
export function choicesOf(provider: UpstreamProvider): Omit<ProviderInput, 'clientSecret'> {
  const { id: _id, publicKey: _key, createdAt: _made, updatedAt: _changed, ...choices } = provider;
  return choices;
}
