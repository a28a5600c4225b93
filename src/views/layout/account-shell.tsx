import type { ComponentChildren, VNode } from 'preact';
import { Avatar } from '../components/account-line.js';
import { Name } from '../components/name.js';
import type { AccountCard } from '../models.js';
import { usePageContext } from '../page-context.js';
import { ACCOUNT_SECTIONS, type AccountSection } from './account-sections.js';
import { Brand } from './brand.js';

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
        <div class="beside">
          <Navigation section={props.section} />
          <main id="content" tabIndex={-1}>
            {props.children}
          </main>
        </div>
      </div>
    </>
  );
}

/** A list beside the page; on a phone, without a script, one line that unfolds it. */
function Navigation({ section }: { readonly section: AccountSection }): VNode {
  const { messages, basePath } = usePageContext();
  const entries = Object.entries(ACCOUNT_SECTIONS) as [AccountSection, string][];
  return (
    <nav class="menu" aria-label={messages.account.navigation}>
      <details>
        <summary>
          <span class="soft">{messages.account.menu}</span> {messages.navigation[section]}
        </summary>
        <ul>
          {entries.map(([entry, path]) => (
            <li key={entry}>
              <a href={basePath + path} aria-current={entry === section ? 'page' : undefined}>
                {messages.navigation[entry]}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}
