import type { VNode } from 'preact';
import type { ClientCard } from '../models.js';
import { usePageContext } from '../page-context.js';
import { httpsLink } from '../text.js';
import { ExternalLink } from './external-link.js';

/** The client's own policy and terms (OIDC Registration §2). */
export function PolicyLinks(props: { readonly client: ClientCard }): VNode | null {
  const { messages } = usePageContext();
  const links = [
    [props.client.policyUri, messages.common.privacy],
    [props.client.tosUri, messages.common.terms],
  ] as const;
  const usable = links.filter(([address]) => httpsLink(address) !== undefined);
  return usable.length === 0 ? null : (
    <p class="links">
      {usable.map(([address, words]) => (
        <ExternalLink key={words} href={address}>
          {words}
        </ExternalLink>
      ))}
    </p>
  );
}
