import { AccountLine } from '../../components/account-line.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page that asks whether to link an account; posts `action=link|skip`. */
export interface LinkAccountModel extends FormTarget {
  readonly account: AccountCard;
  /** The service that the account is of. */
  readonly title: string;
  /** By which name the user knows it there. */
  readonly label?: string | undefined;
  readonly problem?: 'taken' | undefined;
}

/** The page at `/federation/link`, the last of a sign-in. */
export const LinkAccountPage: Page<LinkAccountModel> = {
  title: ({ title }, { upstream }) => upstream.linkTitle(title),
  Body: ({ model }) => {
    const { messages, companyName } = usePageContext();
    const { upstream: words } = messages;
    const label = model.label === undefined ? undefined : <Name text={model.label} />;
    return (
      <CardLayout>
        <div class="heading">
          <h1>{words.linkTitle(model.title)}</h1>
        </div>
        {model.problem && <FormError>{words.faults[model.problem]}</FormError>}
        <p>{words.linkEffect(<Name text={model.title} />, label, companyName)}</p>
        <AccountLine account={model.account} />
        <Form to={model}>
          <div class="actions">
            <Button id="skip-link" name="action" value="skip">
              {words.skip}
            </Button>
            <Button id="link-account" name="action" value="link" primary>
              {words.link}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
