import { Button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { FormError } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `username`, `csrf`. */
export interface ForgottenPasswordModel extends FormTarget {
  readonly username?: string | undefined;
  readonly error?: 'missing' | { readonly retryAfterSeconds: number } | undefined;
  readonly signInPath: string;
}

/** The page where somebody asks for a link to choose a new password. */
export const ForgottenPasswordPage: Page<ForgottenPasswordModel> = {
  title: (_, { resetPassword }) => resetPassword.askTitle,
  Body: ({ model }) => {
    const { messages, dates } = usePageContext();
    const { resetPassword: words, signIn, outcomes } = messages;
    const { error } = model;
    const missing = error === 'missing';
    return (
      <CardLayout
        below={
          <p class="links">
            <a href={model.signInPath}>{outcomes.signIn}</a>
          </p>
        }
      >
        <div class="heading start">
          <h1>{words.askTitle}</h1>
          <p class="soft">{words.askIntro}</p>
        </div>
        {error === undefined ? null : (
          <FormError>
            <p>
              {typeof error === 'string' ? signIn.missing : outcomes.throttled(dates.length(error.retryAfterSeconds))}
            </p>
          </FormError>
        )}
        <Form to={model}>
          <Field
            name="username"
            label={signIn.username}
            value={model.username}
            autocomplete="username"
            autofocus={error === undefined}
            error={missing ? signIn.missingUsername : undefined}
          />
          <div class="actions stacked">
            <Button id="ask-reset" primary>
              {words.ask}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
