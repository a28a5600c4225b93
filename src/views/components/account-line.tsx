import type { VNode } from 'preact';
import type { AccountCard } from '../models.js';
import { plainText } from '../text.js';
import { Name } from './name.js';

/** The initials that stand for a user. */
export function Avatar({ account }: { readonly account: AccountCard }): VNode {
  return (
    <span class="avatar" aria-hidden="true">
      {Array.from(plainText(account.pictureInitials)).slice(0, 2).join('')}
    </span>
  );
}

/** Who is signed in: initials, name, and the e-mail or username. */
export function AccountLine({ account }: { readonly account: AccountCard }): VNode {
  return (
    <span class="account-line">
      <Avatar account={account} />
      <span class="grow">
        <strong>
          <Name text={account.name} />
        </strong>{' '}
        <span class="soft">
          <Name text={account.email ?? account.username} />
        </span>
      </span>
    </span>
  );
}
