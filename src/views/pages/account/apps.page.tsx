import type { VNode } from 'preact';
import { AppTiles, type AppTile } from '../../components/app-tiles.js';
import { Button } from '../../components/button.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page of applications; the search is a GET with `q`. */
export interface AppsModel {
  readonly account: AccountCard;
  readonly searchAction: string;
  readonly search: string;
  /** The first of those that were found. */
  readonly apps: readonly AppTile[];
  readonly found: number;
  /** How many there are without a search. */
  readonly all: number;
}

/** The page at `/account/apps`. */
export const AppsPage: Page<AppsModel> = {
  title: (_, { myApps }) => myApps.title,
  Body: ({ model }) => {
    const { myApps } = usePageContext().messages;
    const { apps, found, all } = model;
    return (
      <AccountShell section="apps" account={model.account}>
        <h1>{myApps.title}</h1>
        <p class="soft lead">{myApps.intro}</p>
        {all === 0 ? null : <Search model={model} />}
        {found > 0 ? <AppTiles apps={apps} /> : <NoApps searched={all > 0} />}
        {found > apps.length ? <p class="soft">{myApps.more(apps.length, found)}</p> : null}
      </AccountShell>
    );
  },
};

function Search({ model }: { readonly model: AppsModel }): VNode {
  const { myApps } = usePageContext().messages;
  return (
    <form action={model.searchAction} role="search" class="inline">
      <div class="field grow">
        <label for="q" class="hidden">
          {myApps.searchLabel}
        </label>
        <input type="search" id="q" name="q" value={model.search} maxLength={100} placeholder={myApps.searchLabel} />
      </div>
      <Button>{myApps.search}</Button>
      {model.search === '' ? null : (
        <a class="button" href={model.searchAction}>
          {myApps.showAll}
        </a>
      )}
    </form>
  );
}

/** What stands where no application is: why, and what will bring one. */
export function NoApps({ searched = false }: { readonly searched?: boolean }): VNode {
  const { myApps } = usePageContext().messages;
  return (
    <section class="card empty">
      <h2>{searched ? myApps.notFound : myApps.empty}</h2>
      <p class="soft">{searched ? myApps.notFoundText : myApps.emptyText}</p>
    </section>
  );
}
