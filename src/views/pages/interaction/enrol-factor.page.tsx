import type { VNode } from 'preact';
import { AccountLine } from '../../components/account-line.js';
import { AuthenticatorSetUp, type AuthenticatorKey } from '../../components/authenticator-set-up.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { FormError, Notice } from '../../components/notice.js';
import { PasskeyControl, passkeyNeeds, type PasskeyAsk } from '../../components/passkey-control.js';
import { RecoveryCodeList } from '../../components/recovery-code-list.js';
import { CardLayout } from '../../layout/card.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Why there is nothing to set up here, and so what else there is to do. */
type EnrolImpasse = 'nothing' | 'unreachable' | 'mailbox' | 'again';

/**
 * Plain data of the page; posts `key`, `code` and `action=add`, or `passkey` and `action=passkey`, or `action=mail|cancel`, or
 * `action=continue` below new recovery codes.
 */
export interface EnrolFactorModel extends FormTarget {
  readonly account: AccountCard;
  /** Offers an authenticator app. */
  readonly app?: AuthenticatorKey | undefined;
  /** Offers a passkey: what the browser is asked to make. */
  readonly passkey?: PasskeyAsk | undefined;
  /** Offers codes by mail, to this address. */
  readonly mail?: string | undefined;
  /** What was just made, shown once. */
  readonly recoveryCodes?: readonly string[] | undefined;
  /** Where nothing of this can be offered. */
  readonly impasse?: EnrolImpasse | undefined;
  /** Where the sign-in begins anew. */
  readonly signInPath: string;
  readonly error?: EnrolProblem | undefined;
}

/** Why nothing was set up. */
type EnrolProblem =
  | { readonly kind: 'wrong-code' | 'expired' | 'missing' }
  | { readonly kind: 'passkey'; readonly problem: 'refused' | 'taken' | 'too-many' };

/** The page where somebody gets a second factor who cannot sign in without one. */
export const EnrolFactorPage: Page<EnrolFactorModel> = {
  title: ({ recoveryCodes }, { secondFactor }) =>
    recoveryCodes === undefined ? secondFactor.enrolTitle : secondFactor.recoveryTitle,
  needs: ({ passkey }, look) => (passkey === undefined ? {} : passkeyNeeds(look)),
  Body: ({ model }) => {
    const { secondFactor, common } = usePageContext().messages;
    const { app, passkey, mail, recoveryCodes, impasse, error } = model;
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
            <Problem error={error} />
          </FormError>
        )}
        {impasse && <Impasse kind={impasse} signInPath={model.signInPath} />}
        {app && <AddApp model={model} app={app} />}
        {passkey && <AddPasskey model={model} passkey={passkey} primary={app === undefined} />}
        <Form to={model}>
          {mail === undefined ? null : <p class="soft">{secondFactor.mailInstead(mail)}</p>}
          <div class="actions stacked">
            {mail === undefined ? null : (
              <Button id="use-mail" name="action" value="mail" primary={(app ?? passkey) === undefined}>
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

function AddApp({ model, app }: { readonly model: EnrolFactorModel; readonly app: AuthenticatorKey }): VNode {
  const { secondFactor } = usePageContext().messages;
  const error = model.error?.kind === 'missing' ? secondFactor.missingCode : undefined;
  return (
    <Form to={model} id="app">
      <h2>{secondFactor.ways.totp}</h2>
      <AuthenticatorSetUp appKey={app} error={error} />
      <div class="actions stacked">
        <Button id="add-app" name="action" value="add" primary>
          {secondFactor.addApp}
        </Button>
      </div>
    </Form>
  );
}

function AddPasskey(props: {
  readonly model: EnrolFactorModel;
  readonly passkey: PasskeyAsk;
  readonly primary: boolean;
}): VNode {
  const { secondFactor, passkeys } = usePageContext().messages;
  return (
    <Form to={props.model}>
      <h2>{secondFactor.ways.passkey}</h2>
      <p>{secondFactor.passkeyText}</p>
      <PasskeyControl ask={props.passkey} ceremony="create" label={passkeys.add} primary={props.primary} />
    </Form>
  );
}

function Problem({ error }: { readonly error: EnrolProblem }): VNode {
  const { secondFactor, passkeys } = usePageContext().messages;
  return <p>{error.kind === 'passkey' ? passkeys.problems[error.problem] : secondFactor.enrolProblems[error.kind]}</p>;
}

function Impasse({ kind, signInPath }: { readonly kind: EnrolImpasse; readonly signInPath: string }): VNode {
  const { secondFactor } = usePageContext().messages;
  return (
    <>
      <Notice kind="caution">{secondFactor.impasses[kind]}</Notice>
      {kind === 'again' ? (
        <p class="actions stacked">
          <a id="sign-in-again" class="button primary" href={signInPath}>
            {secondFactor.signInAgain}
          </a>
        </p>
      ) : null}
    </>
  );
}

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
