import type { VNode } from 'preact';
import type { ClientCard } from '../models.js';
import { usePageContext } from '../page-context.js';
import { onwardLink } from '../text.js';
import { ClientBadge } from './client-badge.js';
import { Name } from './name.js';
import { Ago } from './time.js';

/** One application that the user may open. */
export interface AppTile {
  readonly id: string;
  readonly client: ClientCard;
  /** Where one click leads. */
  readonly href?: string | undefined;
  readonly lastUsed?: Date | undefined;
}

/** Applications, each opened by one click. */
export function AppTiles({ apps }: { readonly apps: readonly AppTile[] }): VNode {
  return (
    <ul class="tiles">
      {apps.map((app) => (
        <Tile key={app.id} app={app} />
      ))}
    </ul>
  );
}

function Tile({ app: { client, href, lastUsed } }: { readonly app: AppTile }): VNode {
  const { myApps } = usePageContext().messages;
  const address = onwardLink(href);
  return (
    <li class="card row-card app">
      <ClientBadge client={client} />
      <span class="grow">
        <strong>
          {address === undefined ? (
            <Name text={client.name} longest={80} />
          ) : (
            <a href={address} rel="noreferrer">
              <Name text={client.name} longest={80} />
            </a>
          )}
        </strong>
        <span class="soft small facts">
          {client.host === undefined ? null : (
            <span>
              <Name text={client.host} longest={80} />
            </span>
          )}
          {address === undefined ? <span>{myApps.noStart}</span> : null}
          {lastUsed === undefined ? null : <span>{myApps.used(<Ago of={lastUsed} />)}</span>}
        </span>
      </span>
    </li>
  );
}
