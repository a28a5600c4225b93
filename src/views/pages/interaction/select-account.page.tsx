import { AccountLine } from '../../components/account-line.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Icon } from '../../components/icon.js';
import { Name } from '../../components/name.js';
import { FormError } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { AccountCard, ClientCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the account chooser; posts `account=current|another`, `csrf`, or `action=cancel`. */
export interface SelectAccountModel extends FormTarget {
  readonly client?: ClientCard | undefined;
  readonly account: AccountCard;
  /** Offers `#cancel`, which posts `action=cancel`. */
  readonly canCancel?: boolean | undefined;
  readonly error?: { readonly kind: 'expired' | 'missing' } | undefined;
}

/** The page where a user says which account to go on with. */
export const SelectAccountPage: Page<SelectAccountModel> = {
  title: (_, { selectAccount }) => selectAccount.title,
  Body: ({ model }) => {
    const { messages } = usePageContext();
    const { selectAccount, signIn, common } = messages;
    return (
      <CardLayout>
        <div class="heading">
          <h1>{selectAccount.title}</h1>
          {model.client && <p class="soft">{signIn.toContinue(<Name text={model.client.name} />)}</p>}
        </div>
        {model.error && (
          <FormError>
            <p>{model.error.kind === 'missing' ? selectAccount.missing : common.formExpired}</p>
          </FormError>
        )}
        <Form to={model} class="choices">
          <button type="submit" id="current-account" class="choice" name="account" value="current">
            <AccountLine account={model.account} />
            <Icon name="next" />
          </button>
          <button type="submit" id="use-another-account" class="choice" name="account" value="another">
            <span class="account-line">
              <span class="avatar plain">
                <Icon name="switch" />
              </span>
              <span class="grow">{selectAccount.another}</span>
            </span>
            <Icon name="next" />
          </button>
          {model.canCancel === true ? (
            <div class="actions stacked">
              <Button id="cancel" name="action" value="cancel" formNoValidate>
                {common.cancel}
              </Button>
            </div>
          ) : null}
        </Form>
      </CardLayout>
    );
  },
};
