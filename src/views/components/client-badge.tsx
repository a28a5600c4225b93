import type { VNode } from 'preact';
import type { ClientCard } from '../models.js';
import { usePageContext } from '../page-context.js';
import { ownPath, plainText } from '../text.js';

/** The client's logo when this service serves it (no third party learns of a visit), or its first letter. */
export function ClientBadge({ client }: { readonly client: ClientCard }): VNode {
  const { basePath } = usePageContext();
  const logo = ownPath(client.logoUri);
  return logo === undefined ? (
    <span class="badge" aria-hidden="true">
      {firstLetter(client.name)}
    </span>
  ) : (
    <img class="badge" src={basePath + logo} alt="" width={48} height={48} />
  );
}

function firstLetter(name: string): string {
  return /[\p{L}\p{N}]/u.exec(plainText(name))?.[0].toUpperCase() ?? '?';
}
