import type { VNode } from 'preact';
import { AppTiles, type AppTile } from '../../components/app-tiles.js';
import { AttentionList, type AttentionItem } from '../../components/attention-list.js';
import { Name } from '../../components/name.js';
import { ACCOUNT_SECTIONS } from '../../layout/account-sections.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { NoApps } from './apps.page.js';

/** Plain data of the account's first page. */
export interface AccountModel {
  readonly account: AccountCard;
  /** The first of the user's applications. */
  readonly apps: readonly AppTile[];
  /** How many there are in all. */
  readonly allApps: number;
  /** What the user should look at. */
  readonly attention: readonly AttentionItem[];
  /** How many applications have access to the account. */
  readonly applications: number;
  readonly sessions: number;
  /** Shows the way to the administrators' documentation. */
  readonly administrator?: boolean | undefined;
}

/** The page at `/account`. */
export const AccountPage: Page<AccountModel> = {
  title: (_, { account }) => account.title,
  Body: ({ model }) => {
    const { messages, paths } = usePageContext();
    const words = messages.account;
    return (
      <AccountShell section="overview" account={model.account}>
        <h1>{words.title}</h1>
        <AttentionList items={model.attention} />
        <Apps apps={model.apps} all={model.allApps} />
        <section>
          <h2>{words.atAGlance}</h2>
          <div class="tiles">
            <Profile account={model.account} />
            <Tile title={words.sessions} text={words.sessionCount(model.sessions)}>
              <a href={paths.sessions}>{words.seeSessions}</a>
            </Tile>
            <Tile title={words.applications} text={words.applicationCount(model.applications)}>
              <a href={paths.applications}>{words.seeApplications}</a>
            </Tile>
            {model.administrator === true ? (
              <Tile title={words.administration} text={words.administrationText}>
                <a href={paths.apiDocs}>{messages.nextSteps.docs}</a>
              </Tile>
            ) : null}
          </div>
        </section>
      </AccountShell>
    );
  },
};

function Apps({ apps, all }: { readonly apps: readonly AppTile[]; readonly all: number }): VNode {
  const { messages, basePath } = usePageContext();
  return (
    <section>
      <h2>{messages.myApps.title}</h2>
      {apps.length === 0 ? <NoApps /> : <AppTiles apps={apps} />}
      {all > apps.length ? (
        <p>
          <a href={basePath + ACCOUNT_SECTIONS.apps}>{messages.myApps.seeAll(all)}</a>
        </p>
      ) : null}
    </section>
  );
}

function Profile({ account }: { readonly account: AccountCard }): VNode {
  const { messages, basePath } = usePageContext();
  return (
    <section class="card tile">
      <h3>
        <Name text={account.name} />
      </h3>
      <p class="soft">
        <Name text={account.username} />
        {account.email === undefined || account.email === account.username ? null : (
          <>
            <br />
            <Name text={account.email} />
          </>
        )}
      </p>
      <p>
        <a href={basePath + ACCOUNT_SECTIONS.profile}>{messages.account.seeProfile}</a>
      </p>
    </section>
  );
}

function Tile(props: { readonly title: string; readonly text: string; readonly children: VNode }): VNode {
  return (
    <section class="card tile">
      <h3>{props.title}</h3>
      <p class="soft">{props.text}</p>
      <p>{props.children}</p>
    </section>
  );
}
