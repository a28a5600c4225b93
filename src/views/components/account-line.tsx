import type { VNode } from 'preact';
import type { AccountCard } from '../models.js';
import { usePageContext } from '../page-context.js';
import { plainText } from '../text.js';
import { Name } from './name.js';

/** The picture of a user when this service keeps it (no third party learns of a visit), or the initials. */
export function Avatar({ account }: { readonly account: AccountCard }): VNode {
  const { pictureBase, basePath } = usePageContext();
  const { picture, pictureInitials } = account;
  return picture?.startsWith(pictureBase) === true ? (
    <img
      class="avatar"
      src={`${basePath}/pictures/${picture.slice(pictureBase.length)}`}
      alt=""
      width={40}
      height={40}
    />
  ) : (
    <span class="avatar" aria-hidden="true">
      {Array.from(plainText(pictureInitials)).slice(0, 2).join('')}
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
