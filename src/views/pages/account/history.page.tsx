import type { VNode } from 'preact';
import { browserWords } from '../../components/browser-words.js';
import { Name } from '../../components/name.js';
import { Ago } from '../../components/time.js';
import type { HistoryKind } from '../../history-kinds.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** One thing that happened to the user. */
export interface HistoryEntry {
  readonly id: string;
  readonly kind: HistoryKind;
  readonly at: Date;
  /** Who did it, where it was not the user and that is known. */
  readonly by?: 'administrator' | 'service' | undefined;
  /** The application or the service elsewhere that it was about. */
  readonly subject?: string | undefined;
  /** The way to sign in that it was about. */
  readonly factor?: 'totp' | 'passkey' | 'recovery_codes' | 'mail_code' | undefined;
  /** Of whoever did it, unless that was an administrator or the service. */
  readonly userAgent?: string | undefined;
  readonly address?: string | undefined;
  readonly place?: string | undefined;
}

/** Plain data of the history, which is read only. */
export interface HistoryModel {
  readonly account: AccountCard;
  readonly entries: readonly HistoryEntry[];
  /** Where it goes on. */
  readonly older?: string | undefined;
  /** The first page, unless it is this one. */
  readonly newest?: string | undefined;
}

/** The page at `/account/history`. */
export const HistoryPage: Page<HistoryModel> = {
  title: (_, { history }) => history.title,
  Body: ({ model }) => {
    const { history: words } = usePageContext().messages;
    return (
      <AccountShell section="history" account={model.account}>
        <h1>{words.title}</h1>
        <p class="soft lead">{words.intro}</p>
        {model.entries.length === 0 ? <p class="card empty soft">{words.empty}</p> : null}
        {model.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
        <Pages model={model} />
      </AccountShell>
    );
  },
};

function Entry({ entry }: { readonly entry: HistoryEntry }): VNode {
  const { history: words, secondFactor, sessions } = usePageContext().messages;
  const { kind, at, by, subject, factor, userAgent, address, place } = entry;
  return (
    <section class="card row-card">
      <div class="grow">
        <h2>{words.kinds[kind]}</h2>
        <p class="soft small facts">
          <span>
            <Ago of={at} />
          </span>
          {subject === undefined ? null : <span>{words.concerning(<Name text={subject} />)}</span>}
          {factor === undefined ? null : <span>{secondFactor.ways[factor]}</span>}
          {by === undefined ? null : <span>{by === 'service' ? words.byService : words.byAdministrator}</span>}
          {userAgent === undefined ? null : <span>{browserWords(userAgent, sessions)}</span>}
          {place === undefined ? null : (
            <span>
              <Name text={place} />
            </span>
          )}
          {address === undefined ? null : <span>{sessions.address(<Name text={address} />)}</span>}
        </p>
      </div>
    </section>
  );
}

function Pages({ model: { older, newest } }: { readonly model: HistoryModel }): VNode | null {
  const { history: words } = usePageContext().messages;
  if (older === undefined && newest === undefined) return null;
  return (
    <nav class="after" aria-label={words.pages}>
      {newest === undefined ? null : (
        <a class="button" href={newest}>
          {words.newest}
        </a>
      )}
      {older === undefined ? null : (
        <a class="button" id="older" href={older}>
          {words.older}
        </a>
      )}
    </nav>
  );
}
