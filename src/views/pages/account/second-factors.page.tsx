import type { VNode } from 'preact';
import { browserWords } from '../../components/browser-words.js';
import { Button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Icon } from '../../components/icon.js';
import { Name } from '../../components/name.js';
import { Notice } from '../../components/notice.js';
import { Ago, Day } from '../../components/time.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** An authenticator app, or codes by mail. */
interface FactorItem {
  readonly id: string;
  readonly kind: 'totp' | 'mail_code';
  readonly name?: string | undefined;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date | undefined;
}

/** A browser in which no second factor is asked for. */
interface RememberedItem {
  readonly id: string;
  readonly userAgent?: string | undefined;
  readonly expiresAt: Date;
}

/**
 * Plain data of the page; posts `csrf` and `action=mail|recovery|forget-all`, or `id` with `action=remove|forget`, or with
 * `action=rename` and `name`. Adding an authenticator app has a page of its own.
 */
export interface SecondFactorsModel extends FormTarget {
  readonly account: AccountCard;
  readonly rule: 'off' | 'optional' | 'required';
  readonly factors: readonly FactorItem[];
  /** Where an authenticator app is added; absent where the company does not allow them. */
  readonly addApp?: string | undefined;
  /** The address at which codes by mail can be allowed. */
  readonly mailOffer?: string | undefined;
  /** Absent where the company allows none. */
  readonly recovery?: { readonly unused?: number | undefined } | undefined;
  readonly browsers: readonly RememberedItem[];
  readonly notice?: 'added' | 'removed' | 'renamed' | 'forgotten' | 'needed' | 'name' | undefined;
}

/** What was asked for and not done. */
const UNDONE: readonly SecondFactorsModel['notice'][] = ['needed', 'name'];

/** The page at `/account/second-factors`. */
export const SecondFactorsPage: Page<SecondFactorsModel> = {
  title: (_, { secondFactors }) => secondFactors.title,
  Body: ({ model }) => {
    const words = usePageContext().messages.secondFactors;
    const { notice, rule, factors, addApp, mailOffer } = model;
    return (
      <AccountShell section="secondFactors" account={model.account}>
        <h1>{words.title}</h1>
        <p class="soft lead">{words.intro}</p>
        {notice && <Notice kind={UNDONE.includes(notice) ? 'caution' : 'done'}>{words.notices[notice]}</Notice>}
        {rule === 'optional' ? null : <Notice kind="caution">{words[rule]}</Notice>}
        {factors.length === 0 ? <p class="card empty soft">{words.empty}</p> : null}
        {factors.map((factor) => (
          <FactorRow key={factor.id} factor={factor} form={model} />
        ))}
        {addApp === undefined ? null : (
          <p class="after">
            <a id="add-app" class="button" href={addApp}>
              {words.addApp}
            </a>
          </p>
        )}
        {mailOffer === undefined ? null : (
          <Form to={model} class="after">
            <p class="soft">{words.mailOffer(mailOffer)}</p>
            <Button id="add-mail" name="action" value="mail">
              {words.addMail}
            </Button>
          </Form>
        )}
        <Recovery model={model} />
        <Browsers model={model} />
      </AccountShell>
    );
  },
};

function FactorRow(props: { readonly factor: FactorItem; readonly form: FormTarget }): VNode {
  const { secondFactor, secondFactors: words } = usePageContext().messages;
  const { id, kind, name, createdAt, lastUsedAt } = props.factor;
  const title = name ?? secondFactor.ways[kind];
  return (
    <section class="card row-card">
      <span class="badge plain">
        <Icon name="shield" />
      </span>
      <div class="grow">
        <h2>
          <Name text={title} />
        </h2>
        <p class="soft small facts">
          {name === undefined ? null : <span>{secondFactor.ways[kind]}</span>}
          <span>{words.added(<Day of={createdAt} />)}</span>
          <span>{lastUsedAt === undefined ? words.neverUsed : words.used(<Ago of={lastUsedAt} />)}</span>
        </p>
        {name === undefined ? null : <Rename form={props.form} id={id} name={name} />}
      </div>
      <RowForm form={props.form} id={id} action="remove" words={words.remove} name={words.of(title)} />
    </section>
  );
}

function Rename({ form, id, name }: Record<'id' | 'name', string> & { readonly form: FormTarget }): VNode {
  const { passkeys: common, secondFactors: words } = usePageContext().messages;
  return (
    <details>
      <summary>
        {common.rename} <span class="hidden">{words.of(name)}</span>
      </summary>
      <Form to={form}>
        <input type="hidden" name="id" value={id} />
        <Field
          id={`name-${id}`}
          name="name"
          label={common.newNameOf(name)}
          value={name}
          autocomplete="off"
          maxLength={60}
        />
        <Button name="action" value="rename">
          {common.rename}
        </Button>
      </Form>
    </details>
  );
}

function RowForm(props: Record<'id' | 'action' | 'words' | 'name', string> & { readonly form: FormTarget }): VNode {
  return (
    <Form to={props.form}>
      <input type="hidden" name="id" value={props.id} />
      <Button name="action" value={props.action}>
        {props.words} <span class="hidden">{props.name}</span>
      </Button>
    </Form>
  );
}

function Recovery({ model }: { readonly model: SecondFactorsModel }): VNode | null {
  const words = usePageContext().messages.secondFactors;
  const { recovery, factors } = model;
  if (recovery === undefined || (factors.length === 0 && recovery.unused === undefined)) return null;
  const { unused } = recovery;
  return (
    <section class="card tile after">
      <h2>{words.recovery}</h2>
      <p class="soft">{unused === undefined ? words.recoveryNone : words.recoveryLeft(unused)}</p>
      <Form to={model}>
        {unused === undefined ? null : <p class="soft small">{words.recoveryRenewHint}</p>}
        <Button id="make-recovery-codes" name="action" value="recovery">
          {unused === undefined ? words.recoveryMake : words.recoveryRenew}
        </Button>
      </Form>
    </section>
  );
}

function Browsers({ model }: { readonly model: SecondFactorsModel }): VNode | null {
  const { secondFactors: words, sessions } = usePageContext().messages;
  return model.browsers.length === 0 ? null : (
    <>
      <h2 class="after">{words.browsers}</h2>
      <p class="soft">{words.browsersText}</p>
      {model.browsers.map(({ id, userAgent, expiresAt }) => {
        const name = browserWords(userAgent, sessions);
        return (
          <section key={id} class="card row-card">
            <div class="grow">
              <h3>{name}</h3>
              <p class="soft small">{words.until(<Day of={expiresAt} />)}</p>
            </div>
            <RowForm form={model} id={id} action="forget" words={words.forget} name={words.of(name)} />
          </section>
        );
      })}
      <Form to={model} class="after">
        <Button id="forget-all" name="action" value="forget-all">
          {words.forgetAll}
        </Button>
      </Form>
    </>
  );
}
