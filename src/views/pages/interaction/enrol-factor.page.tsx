import { AccountLine } from '../../components/account-line.js';
import { AuthenticatorSetUp, type AuthenticatorKey } from '../../components/authenticator-set-up.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { FormError, Notice } from '../../components/notice.js';
import { RecoveryCodeList } from '../../components/recovery-code-list.js';
import { CardLayout } from '../../layout/card.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `key`, `code` and `action=add|mail|cancel`, or `action=continue` below new recovery codes. */
export interface EnrolFactorModel extends FormTarget {
  readonly account: AccountCard;
  /** Offers an authenticator app. */
  readonly app?: AuthenticatorKey | undefined;
  /** Offers codes by mail, to this address. */
  readonly mail?: string | undefined;
  /** What was just made, shown once. */
  readonly recoveryCodes?: readonly string[] | undefined;
  readonly error?: { readonly kind: 'wrong-code' | 'expired' | 'missing' } | undefined;
}

/** The page where somebody gets a second factor who cannot sign in without one. */
export const EnrolFactorPage: Page<EnrolFactorModel> = {
  title: ({ recoveryCodes }, { secondFactor }) =>
    recoveryCodes === undefined ? secondFactor.enrolTitle : secondFactor.recoveryTitle,
  Body: ({ model }) => {
    const { secondFactor, common } = usePageContext().messages;
    const { app, mail, recoveryCodes, error } = model;
    if (recoveryCodes !== undefined) return <KeepCodes model={model} codes={recoveryCodes} />;
    return (
      <CardLayout>
        <div class="heading">
          <h1>{secondFactor.enrolTitle}</h1>
          <p class="soft">{secondFactor.enrolText}</p>
        </div>
        <AccountLine account={model.account} />
        {error && (
          <FormError>
            <p>{secondFactor.enrolProblems[error.kind]}</p>
          </FormError>
        )}
        {app === undefined && mail === undefined ? <Notice kind="caution">{secondFactor.nothingToEnrol}</Notice> : null}
        {app === undefined ? null : (
          <Form to={model} id="app">
            <h2>{secondFactor.ways.totp}</h2>
            <AuthenticatorSetUp appKey={app} error={error?.kind === 'missing' ? secondFactor.missingCode : undefined} />
            <div class="actions stacked">
              <Button id="add-app" name="action" value="add" primary>
                {secondFactor.addApp}
              </Button>
            </div>
          </Form>
        )}
        <Form to={model}>
          {mail === undefined ? null : <p class="soft">{secondFactor.mailInstead(mail)}</p>}
          <div class="actions stacked">
            {mail === undefined ? null : (
              <Button id="use-mail" name="action" value="mail" primary={app === undefined}>
                {secondFactor.useMail}
              </Button>
            )}
            <Button id="cancel" name="action" value="cancel">
              {common.cancel}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};

function KeepCodes({ model, codes }: { readonly model: EnrolFactorModel; readonly codes: readonly string[] }) {
  const { secondFactor } = usePageContext().messages;
  return (
    <CardLayout>
      <div class="heading">
        <h1>{secondFactor.recoveryTitle}</h1>
      </div>
      <RecoveryCodeList codes={codes} />
      <Form to={model}>
        <div class="actions stacked">
          <Button id="continue" name="action" value="continue" primary>
            {secondFactor.codesKept}
          </Button>
        </div>
      </Form>
    </CardLayout>
  );
}
