import { AuthenticatorSetUp, type AuthenticatorKey } from '../../components/authenticator-set-up.js';
import { Button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { FormError } from '../../components/notice.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page on which an authenticator app is added; posts `name`, `key`, `code`, `csrf`. */
export interface AuthenticatorAppModel extends FormTarget {
  readonly account: AccountCard;
  readonly app: AuthenticatorKey;
  readonly name?: string | undefined;
  readonly error?: { readonly kind: 'wrong-code' | 'expired' | 'missing' | 'too-many' | 'name' } | undefined;
}

/** The page at `/account/second-factors/app`. */
export const AuthenticatorAppPage: Page<AuthenticatorAppModel> = {
  title: (_, { secondFactors }) => secondFactors.addApp,
  Body: ({ model }) => {
    const { secondFactor, secondFactors: words } = usePageContext().messages;
    const { error } = model;
    return (
      <AccountShell section="secondFactors" account={model.account}>
        <h1>{words.addApp}</h1>
        {error && (
          <FormError>
            <p>{secondFactor.enrolProblems[error.kind]}</p>
          </FormError>
        )}
        <Form to={model} class="card">
          <AuthenticatorSetUp
            appKey={model.app}
            error={error?.kind === 'missing' ? secondFactor.missingCode : undefined}
          />
          <Field
            name="name"
            label={words.appName}
            hint={words.appNameHint}
            value={model.name ?? words.appNameDefault}
            autocomplete="off"
          />
          <Button id="add-app" name="action" value="add" primary>
            {secondFactor.addApp}
          </Button>
        </Form>
      </AccountShell>
    );
  },
};
