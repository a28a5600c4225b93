import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { Field, type FieldProps } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { FormError } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { Messages } from '../../messages/en.js';
import type { FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** A fault of one field of the set-up form. */
export interface SetUpProblem {
  readonly field: 'email' | 'name' | 'password';
  readonly kind: 'missing' | 'invalid' | 'taken' | 'too-short' | 'too-long' | 'too-common' | 'too-similar' | 'leaked';
}

/** Plain data of the set-up page; posts `email`, `name`, `password`, `csrf`. */
export interface SetUpModel extends FormTarget {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  /** Shown as a hint and as `minlength`. */
  readonly minimumPasswordLength?: number | undefined;
  /** The faults of the fields, or `form` when the form's own token no longer counts. */
  readonly error?: readonly SetUpProblem[] | 'form' | undefined;
}

/** The page where the first administrator makes an account. */
export const SetUpPage: Page<SetUpModel> = {
  title: (_, { setUp }) => setUp.title,
  Body: ({ model }) => {
    const { setUp } = usePageContext().messages;
    return (
      <CardLayout below={<p>{setUp.after}</p>}>
        <div class="heading start">
          <h1>{setUp.title}</h1>
          <p class="soft">{setUp.intro}</p>
        </div>
        <Problems error={model.error} />
        <Form to={model}>
          {fields(model, setUp).map((field) => (
            <Field key={field.name} {...field} />
          ))}
          <div class="actions stacked">
            <Button id="set-up" primary>
              {setUp.submit}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};

function Problems({ error }: Pick<SetUpModel, 'error'>): VNode | null {
  const { setUp, common } = usePageContext().messages;
  if (error === undefined) {
    return null;
  }
  return (
    <FormError>
      <p>{error === 'form' ? common.formExpired : setUp.problems(error.length)}</p>
    </FormError>
  );
}

function fields(model: SetUpModel, words: Messages['setUp']): FieldProps[] {
  const { minimumPasswordLength } = model;
  return [
    {
      name: 'email',
      type: 'email',
      label: words.email,
      hint: words.emailHint,
      value: model.email,
      autocomplete: 'username',
      autofocus: model.error === undefined,
      error: fault(model, 'email', words),
    },
    {
      name: 'name',
      label: words.name,
      hint: words.nameHint,
      value: model.name,
      autocomplete: 'name',
      error: fault(model, 'name', words),
    },
    {
      name: 'password',
      type: 'password',
      label: words.password,
      hint: minimumPasswordLength === undefined ? undefined : words.passwordHint(minimumPasswordLength),
      autocomplete: 'new-password',
      minLength: minimumPasswordLength,
      error: fault(model, 'password', words),
    },
  ];
}

function fault({ error }: SetUpModel, field: SetUpProblem['field'], words: Messages['setUp']): string | undefined {
  const problem = typeof error === 'string' ? undefined : error?.find((candidate) => candidate.field === field);
  if (problem === undefined) {
    return undefined;
  }
  return problem.kind === 'missing' || problem.kind === 'invalid'
    ? words.fields[field][problem.kind]
    : words.kinds[problem.kind];
}
