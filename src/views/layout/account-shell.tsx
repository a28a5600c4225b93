import type { ComponentChildren, VNode } from 'preact';
import { Avatar } from '../components/account-line.js';
import { Name } from '../components/name.js';
import type { AccountCard } from '../models.js';
import { usePageContext } from '../page-context.js';
import { Brand } from './brand.js';

/** The entries of the account navigation. */
export type AccountSection = 'overview' | 'passkeys' | 'applications' | 'sessions';

/** The frame of the pages where users look after themselves. */
export function AccountShell(props: {
  readonly section: AccountSection;
  readonly account: AccountCard;
  readonly children: ComponentChildren;
}): VNode {
  const { messages, paths } = usePageContext();
  return (
    <>
      <a class="skip" href="#content">
        {messages.common.skip}
      </a>
      <div class="page account">
        <header class="top">
          <Brand />
          <div class="who">
            <Avatar account={props.account} />
            <Name text={props.account.name} longest={40} />
            <a href={paths.signOut}>{messages.account.signOut}</a>
          </div>
        </header>
        <Navigation section={props.section} />
        <main id="content" tabIndex={-1}>
          {props.children}
        </main>
      </div>
    </>
  );
}

function Navigation({ section }: { readonly section: AccountSection }): VNode {
  const { messages, paths } = usePageContext();
  const entries = [
    ['overview', paths.account],
    ['passkeys', paths.passkeys],
    ['applications', paths.applications],
    ['sessions', paths.sessions],
  ] as const;
  return (
    <nav class="tabs" aria-label={messages.account.navigation}>
      {entries.map(([entry, path]) => (
        <a key={entry} href={path} aria-current={entry === section ? 'page' : undefined}>
          {messages.account[entry]}
        </a>
      ))}
    </nav>
  );
}
