import { RecoveryCodeList } from '../../components/recovery-code-list.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page that shows new recovery codes, once. */
export interface RecoveryCodesModel {
  readonly account: AccountCard;
  readonly codes: readonly string[];
  /** The page that they belong to. */
  readonly back: string;
}

/** What making recovery codes is answered with. */
export const RecoveryCodesPage: Page<RecoveryCodesModel> = {
  title: (_, { secondFactor }) => secondFactor.recoveryTitle,
  Body: ({ model }) => {
    const { secondFactor, secondFactors } = usePageContext().messages;
    return (
      <AccountShell section="secondFactors" account={model.account}>
        <h1>{secondFactor.recoveryTitle}</h1>
        <RecoveryCodeList codes={model.codes} />
        <p>
          <a id="done" class="button" href={model.back}>
            {secondFactors.back}
          </a>
        </p>
      </AccountShell>
    );
  },
};
