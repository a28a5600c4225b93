import type { ComponentChildren, VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { httpsLink } from '../text.js';

/** A link to a page of a client; nothing when it is not `https:`. Opens beside, so that an unsent form stays. */
export function ExternalLink(props: {
  readonly href: string | undefined;
  readonly children: ComponentChildren;
}): VNode | null {
  const { messages } = usePageContext();
  const href = httpsLink(props.href);
  return href === undefined ? null : (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {props.children}
      <span class="hidden"> {messages.common.newTab}</span>
    </a>
  );
}
