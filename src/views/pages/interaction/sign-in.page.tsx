import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { ClientBadge } from '../../components/client-badge.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { captchaNeeds, CaptchaQuestion, type CaptchaWidget } from '../../components/captcha-question.js';
import { PasskeyControl, passkeyNeeds, type PasskeyAsk } from '../../components/passkey-control.js';
import { PolicyLinks } from '../../components/policy-links.js';
import { ProviderLinks, type ProviderLink, type UpstreamFault } from '../../components/provider-links.js';
import { CardLayout } from '../../layout/card.js';
import type { Messages } from '../../messages/en.js';
import type { ClientCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Why a sign-in form came back. */
export type SignInError =
  | { readonly kind: 'refused' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'passkey' }
  | { readonly kind: 'scripts' }
  | { readonly kind: 'captcha' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'upstream'; readonly fault: UpstreamFault }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };

/** Plain data of the sign-in page; posts `username`, `password`, `action=sign-in|cancel`, `csrf`. */
export interface SignInModel extends FormTarget {
  readonly username?: string | undefined;
  readonly client?: ClientCard | undefined;
  readonly canCancel: boolean;
  /** Where passkeys can be used: what the browser is asked for; then it posts `passkey` and `action=passkey` too. */
  readonly passkey?: PasskeyAsk | undefined;
  /** After failures, where an operator wants it: the question of a service whether a person sits there. */
  readonly captcha?: CaptchaWidget | undefined;
  /** `again`: a fresh sign-in is wanted of the same user; `switch`: another account is wanted. */
  readonly reason?: 'again' | 'switch' | undefined;
  readonly error?: SignInError | undefined;
  /** Other services through which one can sign in. */
  readonly providers?: readonly ProviderLink[] | undefined;
  /** An account there that was proven and waits to be linked to whoever signs in. */
  readonly linking?: { readonly title: string; readonly label?: string | undefined } | undefined;
  /** Where a new password can be asked for, and an account be made; left out where they cannot. */
  readonly resetPath?: string | undefined;
  readonly signUpPath?: string | undefined;
}

/** The page where a user proves who they are. */
export const SignInPage: Page<SignInModel> = {
  title: (model, { signIn }) => heading(model, signIn),
  needs: ({ passkey, captcha }, look) => ({ ...captchaNeeds(captcha), ...(passkey && passkeyNeeds(look)) }),
  Body: ({ model }) => {
    const { messages } = usePageContext();
    return (
      <CardLayout below={model.client && <PolicyLinks client={model.client} />}>
        <div class="heading">
          {model.client && <ClientBadge client={model.client} />}
          <h1>{heading(model, messages.signIn)}</h1>
          <Purpose client={model.client} />
        </div>
        <Vetting client={model.client} />
        {model.error && (
          <FormError>
            <Problem error={model.error} />
          </FormError>
        )}
        {model.linking && <Linking {...model.linking} />}
        {model.reason && model.error === undefined ? <p class="soft">{messages.signIn[model.reason]}</p> : null}
        <SignInForm model={model} />
        {model.providers && <ProviderLinks providers={model.providers} />}
        <WithoutAccount model={model} />
      </CardLayout>
    );
  },
};

function SignInForm({ model }: { readonly model: SignInModel }): VNode {
  const { messages } = usePageContext();
  const missing = model.error?.kind === 'missing';
  const username = model.username ?? '';
  const calm = model.error === undefined;
  return (
    <Form to={model}>
      <Field
        name="username"
        label={messages.signIn.username}
        value={username}
        autocomplete={model.passkey === undefined ? 'username' : 'username webauthn'}
        autofocus={calm && username === ''}
        error={missing && username === '' ? messages.signIn.missingUsername : undefined}
      />
      <Field
        name="password"
        label={messages.signIn.password}
        type="password"
        autocomplete="current-password"
        autofocus={calm && username !== ''}
        error={missing && username !== '' ? messages.signIn.missingPassword : undefined}
      />
      <Ways model={model} />
    </Form>
  );
}

function Ways({ model }: { readonly model: SignInModel }): VNode {
  const { messages } = usePageContext();
  return (
    <>
      {model.captcha && <CaptchaQuestion widget={model.captcha} />}
      <div class="actions stacked">
        {/* The first button is the one that Enter presses. */}
        <Button id="sign-in" name="action" value="sign-in" primary>
          {messages.signIn.submit}
        </Button>
        {model.canCancel ? (
          <Button id="cancel" name="action" value="cancel" formNoValidate>
            {messages.common.cancel}
          </Button>
        ) : null}
      </div>
      {model.passkey && <PasskeyControl ask={model.passkey} ceremony="get" label={messages.passkeys.use} autofill />}
    </>
  );
}

/** The ways on for those who cannot sign in. */
function WithoutAccount({ model }: { readonly model: SignInModel }): VNode | null {
  const { resetPassword, signUp } = usePageContext().messages;
  const { resetPath, signUpPath } = model;
  return resetPath === undefined && signUpPath === undefined ? null : (
    <p class="links">
      {resetPath === undefined ? null : (
        <a id="forgot-password" href={resetPath}>
          {resetPassword.offer}
        </a>
      )}
      {signUpPath === undefined ? null : (
        <a id="sign-up-link" href={signUpPath}>
          {signUp.offer}
        </a>
      )}
    </p>
  );
}

/** What a sign-in with a password leads to, after one at another service did not. */
function Linking(props: NonNullable<SignInModel['linking']>): VNode {
  const { messages, companyName } = usePageContext();
  const { title, label } = props;
  return (
    <Notice kind="caution">
      <p>{messages.upstream.unlinked(<Name text={title} />, label && <Name text={label} />, companyName)}</p>
    </Notice>
  );
}

function Purpose({ client }: { readonly client: ClientCard | undefined }): VNode {
  const { messages, companyName } = usePageContext();
  return client === undefined ? (
    <p class="soft">{messages.signIn.withAccount(<bdi>{companyName}</bdi>)}</p>
  ) : (
    <>
      <p class="soft">
        {messages.signIn.toContinue(
          <strong>
            <Name text={client.name} />
          </strong>,
        )}
      </p>
      {client.host === undefined ? null : <p class="soft small">{<Name text={client.host} />}</p>}
    </>
  );
}

/** Who signs in for an application that registered itself is told so before the password is typed. */
function Vetting({ client }: { readonly client: ClientCard | undefined }): VNode | null {
  const { messages, companyName } = usePageContext();
  return client?.vetted === false ? <Notice kind="caution">{messages.signIn.unvetted(companyName)}</Notice> : null;
}

function Problem({ error }: { readonly error: SignInError }): VNode {
  const { messages, dates } = usePageContext();
  switch (error.kind) {
    case 'throttled':
      return <p>{messages.signIn.throttled(dates.length(error.retryAfterSeconds))}</p>;
    case 'upstream':
      return <p>{messages.upstream.faults[error.fault]}</p>;
    case 'passkey':
      return <p>{messages.passkeys.refused}</p>;
    case 'scripts':
      return <p>{messages.passkeys.scripts}</p>;
    case 'captcha':
      return <p>{messages.captcha.missing}</p>;
    default:
      return <p>{messages.signIn[error.kind]}</p>;
  }
}

function heading(model: SignInModel, words: Messages['signIn']): string {
  return { again: words.titleAgain, switch: words.titleSwitch, none: words.title }[model.reason ?? 'none'];
}
