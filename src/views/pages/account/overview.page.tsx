import type { VNode } from 'preact';
import { Name } from '../../components/name.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the account's first page. */
export interface AccountModel {
  readonly account: AccountCard;
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
        <Profile account={model.account} />
        <div class="tiles">
          <Tile title={words.applications} text={words.applicationCount(model.applications)}>
            <a href={paths.applications}>{words.seeApplications}</a>
          </Tile>
          <Tile title={words.sessions} text={words.sessionCount(model.sessions)}>
            <a href={paths.sessions}>{words.seeSessions}</a>
          </Tile>
          {model.administrator === true ? (
            <Tile title={words.administration} text={words.administrationText}>
              <a href={paths.apiDocs}>{messages.nextSteps.docs}</a>
            </Tile>
          ) : null}
        </div>
      </AccountShell>
    );
  },
};

function Profile({ account }: { readonly account: AccountCard }): VNode {
  const words = usePageContext().messages.account;
  const facts = [
    [words.name, account.name],
    [words.username, account.username],
    [words.email, account.email],
  ] as const;
  return (
    <dl class="card facts-table">
      {facts.map(([label, value]) =>
        value === undefined ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Name text={value} />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Tile(props: { readonly title: string; readonly text: string; readonly children: VNode }): VNode {
  return (
    <section class="card tile">
      <h2>{props.title}</h2>
      <p class="soft">{props.text}</p>
      <p>{props.children}</p>
    </section>
  );
}
