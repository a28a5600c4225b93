import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `action=send|done`, `csrf`. */
export interface VerifyEmailModel extends FormTarget {
  readonly address: string;
  readonly said?: 'sent' | 'not-yet' | undefined;
}

/** The page on which a user must confirm the address before a sign-in goes on. */
export const VerifyEmailPage: Page<VerifyEmailModel> = {
  title: (_, { email }) => email.demandedTitle,
  Body: ({ model }) => {
    const { email } = usePageContext().messages;
    const sent = model.said !== undefined;
    return (
      <CardLayout>
        <div class="heading start">
          <h1>{email.demandedTitle}</h1>
        </div>
        {model.said === 'sent' ? <Notice kind="done">{email.sent}</Notice> : null}
        {model.said === 'not-yet' ? (
          <FormError>
            <p>{email.notYet}</p>
          </FormError>
        ) : null}
        <p>{email.demanded(<Name key="address" text={model.address} longest={254} />)}</p>
        <Form to={model}>
          <div class="actions stacked">
            <Button id="send-link" name="action" value="send" primary={!sent}>
              {sent ? email.again : email.send}
            </Button>
            <Button id="email-confirmed" name="action" value="done" primary={sent}>
              {email.done}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
