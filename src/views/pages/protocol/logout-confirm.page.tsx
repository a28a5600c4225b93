import { AccountLine } from '../../components/account-line.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { AccountCard, ClientCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the logout confirmation; posts `action=confirm|cancel`, `csrf`. */
export interface LogoutConfirmModel extends FormTarget {
  readonly client?: ClientCard | undefined;
  readonly account?: AccountCard | undefined;
  readonly error?: { readonly kind: 'expired' } | undefined;
}

/** The page that asks whether to sign out (OIDC RP-Initiated Logout §2). */
export const LogoutConfirmPage: Page<LogoutConfirmModel> = {
  title: (_, { logout }) => logout.title,
  Body: ({ model }) => {
    const { messages, companyName } = usePageContext();
    const { logout, common } = messages;
    return (
      <CardLayout>
        <div class="heading">
          <h1>{logout.title}</h1>
          {model.client && <p class="soft">{logout.asked(<Name text={model.client.name} />)}</p>}
        </div>
        {model.error && (
          <FormError>
            <p>{common.formExpired}</p>
          </FormError>
        )}
        {model.account && (
          <div class="account-in-use">
            <AccountLine account={model.account} />
          </div>
        )}
        <p class="soft">{logout.effect(companyName)}</p>
        <Form to={model}>
          <div class="actions stacked">
            <Button id="logout-confirm" name="action" value="confirm" primary>
              {logout.confirm}
            </Button>
            <Button id="logout-cancel" name="action" value="cancel" formNoValidate>
              {logout.cancel}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
