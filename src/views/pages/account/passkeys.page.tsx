import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { Field } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Icon } from '../../components/icon.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { PasskeyControl, passkeyNeeds, type PasskeyAsk } from '../../components/passkey-control.js';
import { Ago } from '../../components/time.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** One passkey of the user. */
export interface PasskeyItem {
  readonly id: string;
  readonly name: string;
  readonly provider?: string | undefined;
  readonly synced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date | undefined;
  /** It signs nobody in alone, as it may be somebody else's. */
  readonly doubted?: boolean;
}

/** Why a change of the passkeys did not happen. */
export type PasskeyProblem = 'name' | 'refused' | 'taken' | 'too-many' | 'needed';

/** What the browser is asked to make; or that the user must sign in again first (`action=begin`); or that there are none here. */
export type NewPasskeyModel = (PasskeyAsk & { readonly kind: 'ask' }) | { readonly kind: 'confirm' | 'unavailable' };

/**
 * Plain data of the passkeys page; adding posts `name`, `passkey` and `action=passkey`; each passkey posts its `id` with
 * `action=rename` and `name`, or with `action=remove`.
 */
export interface PasskeysModel extends FormTarget {
  readonly account: AccountCard;
  readonly passkeys: readonly PasskeyItem[];
  readonly adding: NewPasskeyModel;
  /** All that is kept here, for programs that would offer others. */
  readonly kept?: object | undefined;
  /** What has just been done, said once. */
  readonly notice?: 'added' | 'renamed' | 'removed' | undefined;
  readonly problem?: PasskeyProblem | undefined;
}

/** The page at `/account/passkeys`. */
export const PasskeysPage: Page<PasskeysModel> = {
  title: (_, { passkeys }) => passkeys.title,
  needs: ({ adding }, look) => (adding.kind === 'ask' ? passkeyNeeds(look) : {}),
  Body: ({ model }) => {
    const { passkeys: words } = usePageContext().messages;
    return (
      <AccountShell section="passkeys" account={model.account}>
        <h1>{words.title}</h1>
        <p class="soft lead">{words.intro}</p>
        {model.problem && <FormError>{words.problems[model.problem]}</FormError>}
        {model.notice && <Notice kind="done">{words[model.notice]}</Notice>}
        {model.passkeys.length === 0 ? <p class="card empty soft">{words.empty}</p> : null}
        {model.passkeys.map((passkey) => (
          <PasskeyRow key={passkey.id} passkey={passkey} form={model} />
        ))}
        {model.adding.kind === 'unavailable' ? <p class="soft">{words.unavailable}</p> : <NewPasskey model={model} />}
      </AccountShell>
    );
  },
};

function PasskeyRow(props: { readonly passkey: PasskeyItem; readonly form: FormTarget }): VNode {
  const { passkeys: words } = usePageContext().messages;
  const { name, provider, synced, createdAt, lastUsedAt, doubted } = props.passkey;
  return (
    <section class="card row-card">
      <span class="badge plain">
        <Icon name="shield" />
      </span>
      <div class="grow">
        <h2>
          <Name text={name} />
        </h2>
        <p class="soft small facts">
          {provider === undefined || provider === name ? null : <span>{words.keptBy(<Name text={provider} />)}</span>}
          <span>{synced ? words.synced : words.bound}</span>
          <span>{words.created(<Ago of={createdAt} />)}</span>
          <span>{lastUsedAt === undefined ? words.unused : words.used(<Ago of={lastUsedAt} />)}</span>
        </p>
        {doubted === true ? <p class="small">{words.doubted}</p> : null}
        <details>
          <summary>
            {words.rename} <span class="hidden">{words.of(name)}</span>
          </summary>
          <Form to={props.form}>
            <input type="hidden" name="id" value={props.passkey.id} />
            <Field
              id={`name-${props.passkey.id}`}
              name="name"
              label={words.newNameOf(name)}
              value={name}
              autocomplete="off"
              maxLength={100}
            />
            <Button name="action" value="rename">
              {words.rename}
            </Button>
          </Form>
        </details>
      </div>
      <Form to={props.form}>
        <input type="hidden" name="id" value={props.passkey.id} />
        <Button name="action" value="remove">
          {words.remove} <span class="hidden">{words.of(name)}</span>
        </Button>
      </Form>
    </section>
  );
}

function NewPasskey({ model }: { readonly model: PasskeysModel }): VNode {
  const { passkeys: words } = usePageContext().messages;
  const { adding, kept } = model;
  return (
    <section class="card">
      <h2>{words.addTitle}</h2>
      <Form to={model}>
        {adding.kind === 'ask' ? (
          <>
            <Field name="name" label={words.name} hint={words.nameHint} autocomplete="off" maxLength={100} optional />
            <PasskeyControl ask={adding} ceremony="create" label={words.add} kept={kept} primary />
          </>
        ) : (
          <>
            <p class="soft">{words.confirm}</p>
            <Button id="add-passkey" name="action" value="begin" primary>
              {words.add}
            </Button>
          </>
        )}
      </Form>
    </section>
  );
}
