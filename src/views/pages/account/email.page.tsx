import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `action=confirm`, or `action=change` with `email`, and `csrf`. */
export interface EmailModel extends FormTarget {
  readonly account: AccountCard;
  readonly address?: string | undefined;
  readonly confirmed: boolean;
  /** Whether mails leave, without which nothing can be done here. */
  readonly available: boolean;
  readonly done?: 'sent' | 'asked' | undefined;
  readonly typed?: string | undefined;
  readonly error?: 'missing' | 'invalid' | { readonly retryAfterSeconds: number } | undefined;
}

/** The page at `/account/email`. */
export const EmailPage: Page<EmailModel> = {
  title: (_, { email }) => email.title,
  Body: ({ model }) => {
    const { email } = usePageContext().messages;
    return (
      <AccountShell section="email" account={model.account}>
        <h1>{email.title}</h1>
        {model.done && <Notice kind="done">{email[model.done]}</Notice>}
        <Present model={model} />
        {model.available ? <Change model={model} /> : <p class="soft">{email.off}</p>}
      </AccountShell>
    );
  },
};

function Present({ model }: { readonly model: EmailModel }): VNode {
  const { email } = usePageContext().messages;
  if (model.address === undefined) return <p class="soft">{email.none}</p>;
  return (
    <section class="card">
      <h2>{email.present}</h2>
      <p>
        <strong id="present-email">
          <Name text={model.address} longest={254} />
        </strong>{' '}
        <span class="tag quiet">{model.confirmed ? email.confirmed : email.unconfirmed}</span>
      </p>
      {model.confirmed || !model.available ? null : (
        <Form to={model}>
          <Button id="send-link" name="action" value="confirm">
            {email.send}
          </Button>
        </Form>
      )}
    </section>
  );
}

function Change({ model }: { readonly model: EmailModel }): VNode {
  const { messages, dates } = usePageContext();
  const { email, signUp, outcomes } = messages;
  const { error } = model;
  const fault = typeof error === 'string' ? signUp.faults[error]('') : undefined;
  return (
    <section class="card">
      <h2>{email.change}</h2>
      {error === undefined ? null : (
        <FormError>
          <p>{typeof error === 'string' ? fault : outcomes.throttled(dates.length(error.retryAfterSeconds))}</p>
        </FormError>
      )}
      <Form to={model}>
        <Field
          name="email"
          type="email"
          label={email.newAddress}
          hint={email.changeHint}
          value={model.typed}
          autocomplete="email"
          error={fault}
        />
        <div class="actions">
          <Button id="change-email" name="action" value="change" primary>
            {email.submit}
          </Button>
        </div>
      </Form>
    </section>
  );
}
