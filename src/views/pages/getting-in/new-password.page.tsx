import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { NewPasswordField, type NewPasswordProblem } from '../../components/new-password-field.js';
import { FormError } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `password`, `csrf`. */
export interface NewPasswordModel extends FormTarget {
  /** For password managers, which then know whose it is. */
  readonly username: string;
  readonly minimumPasswordLength: number;
  readonly problem?: NewPasswordProblem | undefined;
  /** Whether a password must be changed before the sign-in can go on. */
  readonly demanded?: boolean;
}

/** The page where somebody chooses a new password. */
export const NewPasswordPage: Page<NewPasswordModel> = {
  title: (_, { resetPassword }) => resetPassword.title,
  Body: ({ model }) => {
    const { resetPassword: words, setUp } = usePageContext().messages;
    return (
      <CardLayout>
        <div class="heading start">
          <h1>{words.title}</h1>
          <p class="soft">{model.demanded === true ? words.demanded : words.intro}</p>
        </div>
        {model.problem === undefined ? null : (
          <FormError>
            <p>{setUp.problems(1)}</p>
          </FormError>
        )}
        <Form to={model}>
          <input type="hidden" autocomplete="username" value={model.username} />
          <NewPasswordField
            minimumLength={model.minimumPasswordLength}
            problem={model.problem}
            autofocus={model.problem === undefined}
          />
          <div class="actions stacked">
            <Button id="set-password" primary>
              {words.submit}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
