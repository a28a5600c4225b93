import { Button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { NewPasswordField, type NewPasswordProblem } from '../../components/new-password-field.js';
import { FormError } from '../../components/notice.js';
import { TermsBox } from '../../components/terms-box.js';
import { CardLayout } from '../../layout/card.js';
import type { FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** The faults of what somebody filled in, by field. */
export interface NewAccountFaults {
  readonly name?: 'missing' | 'invalid' | undefined;
  readonly password?: NewPasswordProblem | undefined;
  readonly terms?: true | undefined;
}

/** Plain data of the page; posts `name`, `password`, `accept_terms`, `csrf`. */
export interface NewAccountModel extends FormTarget {
  /** The address that the link was sent to: shown, not asked. */
  readonly email: string;
  readonly username: string;
  readonly name?: string | undefined;
  readonly minimumPasswordLength: number;
  /** Where the terms can be read that must be accepted. */
  readonly termsUri?: string | undefined;
  readonly faults?: NewAccountFaults | undefined;
}

/** The page where somebody makes an account by a link. */
export const NewAccountPage: Page<NewAccountModel> = {
  title: (_, { signUp }) => signUp.title,
  Body: ({ model }) => {
    const { signUp: words, setUp } = usePageContext().messages;
    const { faults } = model;
    const count = Object.values(faults ?? {}).filter((fault) => fault !== undefined).length;
    return (
      <CardLayout>
        <div class="heading start">
          <h1>{words.title}</h1>
          <p class="soft">{words.forAddress(<Name key="email" text={model.email} longest={254} />)}</p>
          {model.username === model.email ? null : (
            <p class="soft">{words.asUser(<Name key="username" text={model.username} longest={255} />)}</p>
          )}
        </div>
        {count === 0 ? null : (
          <FormError>
            <p>{setUp.problems(count)}</p>
          </FormError>
        )}
        <Form to={model}>
          <input type="hidden" autocomplete="username" value={model.username} />
          <Field
            name="name"
            label={setUp.name}
            hint={setUp.nameHint}
            value={model.name}
            autocomplete="name"
            autofocus={count === 0}
            error={faults?.name && setUp.fields.name[faults.name]}
          />
          <NewPasswordField minimumLength={model.minimumPasswordLength} problem={faults?.password} />
          {model.termsUri === undefined ? null : <TermsBox uri={model.termsUri} error={faults?.terms === true} />}
          <div class="actions stacked">
            <Button id="create-account" primary>
              {words.create}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
