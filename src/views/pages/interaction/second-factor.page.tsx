import type { VNode } from 'preact';
import { AccountLine } from '../../components/account-line.js';
import { Button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError } from '../../components/notice.js';
import { PasskeyControl, passkeyNeeds, type PasskeyAsk } from '../../components/passkey-control.js';
import { CardLayout } from '../../layout/card.js';
import type { Messages } from '../../messages/en.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** The ways in which the page asks for a second factor. */
export type SecondFactorWay = 'passkey' | 'totp' | 'mail_code' | 'recovery_codes';

/** Why the form came back. */
export type SecondFactorError =
  | { readonly kind: 'missing' | 'refused' | 'too-soon' }
  | { readonly kind: 'throttled' | 'too-many'; readonly retryAfterSeconds: number };

/** Plain data of the page; posts `way`, `code` or `passkey`, `remember=yes`, `csrf` and `action=verify|passkey|send|cancel`. */
export interface SecondFactorModel extends FormTarget {
  readonly account: AccountCard;
  readonly way: SecondFactorWay;
  /** The other ways, each with the address of this page that asks for it. */
  readonly others: readonly { readonly way: SecondFactorWay; readonly href: string }[];
  /** For a code by mail: where it goes, and whether one is on its way. */
  readonly mail?: { readonly to: string; readonly sent: boolean } | undefined;
  /** For a passkey: what the browser is asked for. */
  readonly passkey?: PasskeyAsk | undefined;
  /** For how many days the browser can be remembered; absent when it cannot. */
  readonly rememberDays?: number | undefined;
  readonly error?: SecondFactorError | undefined;
}

/** The page where somebody who has given a first proof gives a second one. */
export const SecondFactorPage: Page<SecondFactorModel> = {
  title: (_, { secondFactor }) => secondFactor.title,
  needs: ({ passkey }, look) => (passkey === undefined ? {} : passkeyNeeds(look)),
  Body: ({ model }) => {
    const { secondFactor } = usePageContext().messages;
    return (
      <CardLayout>
        <div class="heading">
          <h1>{secondFactor.title}</h1>
        </div>
        <AccountLine account={model.account} />
        {model.error && (
          <FormError>
            <Problem error={model.error} />
          </FormError>
        )}
        <p>
          <Instruction model={model} />
        </p>
        <Form to={model}>
          <input type="hidden" name="way" value={model.way} />
          {model.mail?.sent === false || model.way === 'passkey' ? null : <Code model={model} />}
          <Remember model={model} />
          {model.passkey && (
            <PasskeyControl ask={model.passkey} ceremony="get" label={secondFactor.usePasskey} primary />
          )}
          <Actions model={model} />
        </Form>
        <Others model={model} />
      </CardLayout>
    );
  },
};

function Code({ model }: { readonly model: SecondFactorModel }): VNode {
  const { secondFactor } = usePageContext().messages;
  const { way, error } = model;
  return (
    <Field
      name="code"
      label={way === 'recovery_codes' ? secondFactor.recoveryCode : secondFactor.code}
      autocomplete={way === 'recovery_codes' ? 'off' : 'one-time-code'}
      digits={way !== 'recovery_codes'}
      autofocus={error === undefined}
      error={error?.kind === 'missing' ? secondFactor.missingCode : undefined}
    />
  );
}

function Remember({ model: { way, mail, rememberDays } }: { readonly model: SecondFactorModel }): VNode | null {
  const { secondFactor } = usePageContext().messages;
  if (rememberDays === undefined || way === 'recovery_codes' || mail?.sent === false) return null;
  return (
    <label class="option">
      <input type="checkbox" name="remember" value="yes" /> {secondFactor.remember(rememberDays)}
    </label>
  );
}

function Actions({ model }: { readonly model: SecondFactorModel }): VNode {
  const { secondFactor, common } = usePageContext().messages;
  const unsent = model.mail?.sent === false;
  return (
    <div class="actions stacked">
      {unsent ? (
        <Button id="send-code" name="action" value="send" primary>
          {secondFactor.send}
        </Button>
      ) : null}
      {unsent || model.way === 'passkey' ? null : (
        <Button id="verify" name="action" value="verify" primary>
          {secondFactor.verify}
        </Button>
      )}
      {model.mail?.sent === true ? (
        <Button id="send-code" name="action" value="send" formNoValidate>
          {secondFactor.sendAgain}
        </Button>
      ) : null}
      <Button id="cancel" name="action" value="cancel" formNoValidate>
        {common.cancel}
      </Button>
    </div>
  );
}

function Others({ model }: { readonly model: SecondFactorModel }): VNode | null {
  const { secondFactor } = usePageContext().messages;
  return model.others.length === 0 ? null : (
    <>
      <h2>{secondFactor.otherWays}</h2>
      <ul>
        {model.others.map(({ way, href }) => (
          <li key={way}>
            <a id={`way-${way.replace('_', '-')}`} href={href}>
              {secondFactor.ways[way]}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Instruction({ model: { way, mail } }: { readonly model: SecondFactorModel }): VNode {
  const { secondFactor } = usePageContext().messages;
  if (way !== 'mail_code' || mail === undefined) return <>{secondFactor.instructions[way]}</>;
  const words = mail.sent ? secondFactor.sentTo : secondFactor.sendTo;
  return <>{words(<Name text={mail.to} />)}</>;
}

function Problem({ error }: { readonly error: SecondFactorError }): VNode {
  const { messages, dates } = usePageContext();
  return <p>{problem(error, messages.secondFactor, (seconds) => dates.length(seconds))}</p>;
}

function problem(
  error: SecondFactorError,
  words: Messages['secondFactor'],
  length: (seconds: number) => string,
): string {
  switch (error.kind) {
    case 'throttled':
      return words.throttled(length(error.retryAfterSeconds));
    case 'too-many':
      return words.tooMany(length(error.retryAfterSeconds));
    case 'missing':
      return words.missing;
    case 'refused':
      return words.refused;
    case 'too-soon':
      return words.tooSoon;
  }
}
