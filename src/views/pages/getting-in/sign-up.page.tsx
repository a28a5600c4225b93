import { Button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { FormError } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `email`, `csrf`. */
export interface SignUpModel extends FormTarget {
  readonly email?: string | undefined;
  readonly byInvitationOnly: boolean;
  /** The domains of addresses that may, when only some may. */
  readonly domains: readonly string[];
  readonly error?: 'missing' | 'invalid' | 'domain' | { readonly retryAfterSeconds: number } | undefined;
  readonly signInPath: string;
}

/** The page where somebody asks for an account. */
export const SignUpPage: Page<SignUpModel> = {
  title: (_, { signUp }) => signUp.title,
  Body: ({ model }) => {
    const { messages, companyName, dates } = usePageContext();
    const { signUp: words, outcomes } = messages;
    const { error, domains } = model;
    const fault = typeof error === 'string' ? words.faults[error](domains.join(', ')) : undefined;
    return (
      <CardLayout
        below={
          <p class="links">
            <a href={model.signInPath}>{words.haveAccount}</a>
          </p>
        }
      >
        <div class="heading start">
          <h1>{words.title}</h1>
          <p class="soft">{model.byInvitationOnly ? words.invitedIntro(companyName) : words.intro(companyName)}</p>
        </div>
        {error === undefined ? null : (
          <FormError>
            <p>{fault ?? outcomes.throttled(dates.length(typeof error === 'string' ? 0 : error.retryAfterSeconds))}</p>
          </FormError>
        )}
        <Form to={model}>
          <Field
            name="email"
            type="email"
            label={words.email}
            hint={domains.length === 0 ? undefined : words.domains(domains.join(', '))}
            value={model.email}
            autocomplete="email"
            autofocus={error === undefined}
            error={fault}
          />
          <div class="actions stacked">
            <Button id="sign-up" primary>
              {words.submit}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
