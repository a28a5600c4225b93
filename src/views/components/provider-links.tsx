import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { Name } from './name.js';

const SHAPES = {
  google: 'M20 12h-8m7.700 0a7.700 7.700 0 1 1-2.300-5.600',
  microsoft: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  facebook: 'M15.500 4H14a3 3 0 0 0-3 3v13M8 11h7',
  x: 'M5 5l14 14M19 5L5 19',
  github:
    'M12 20v-5m-4.500 4.500c-2 .5-3-1-3.500-2M16.500 20v-3.500c0-1-.5-1.500-1-2 2.500-.5 4-2 4-5 0-1.500-.5-2.500-1.500-3.500.2-1 .2-1.800-.2-2.500-1 0-2 .5-3 1a11 11 0 0 0-5.600 0c-1-.5-2-1-3-1-.4.7-.4 1.500-.2 2.500-1 1-1.500 2-1.500 3.500 0 3 1.500 4.500 4 5-.5.5-1 1-1 2V20',
  company: 'M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3M8 13h3',
  key: 'M8 12a4 4 0 1 0 0 .1M12 12h9M18 12v4',
} as const;

/** A service through which one can sign in, as the sign-in page shows it. */
export interface ProviderLink {
  readonly id: string;
  readonly title: string;
  readonly icon: keyof typeof SHAPES;
  readonly path: string;
}

/** Why a sign-in through another service came to nothing. */
export const UPSTREAM_FAULTS = ['denied', 'failed', 'not-allowed', 'closed', 'unavailable', 'taken'] as const;

/** One of the values of `UPSTREAM_FAULTS`. */
export type UpstreamFault = (typeof UPSTREAM_FAULTS)[number];

/** The services through which one can sign in; links, as a form's policy would have to name wherever they lead. */
export function ProviderLinks({ providers }: { readonly providers: readonly ProviderLink[] }): VNode {
  const { upstream } = usePageContext().messages;
  return (
    <div class="actions stacked">
      {providers.map((provider) => (
        <a key={provider.id} id={provider.id} class="button" href={provider.path} rel="nofollow">
          <ProviderIcon icon={provider.icon} /> {upstream.continueWith(<Name text={provider.title} />)}
        </a>
      ))}
    </div>
  );
}

/** The drawing of a service, beside its name. */
export function ProviderIcon({ icon }: Pick<ProviderLink, 'icon'>): VNode {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={SHAPES[icon]} />
    </svg>
  );
}
