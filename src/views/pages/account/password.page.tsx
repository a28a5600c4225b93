import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { NewPasswordField, type NewPasswordProblem } from '../../components/new-password-field.js';
import { FormError, Notice } from '../../components/notice.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { Messages } from '../../messages/en.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `password`, `others=end` unless unticked, `csrf`. */
export interface OwnPasswordModel extends FormTarget {
  readonly account: AccountCard;
  /** For password managers, which then know whose it is. */
  readonly username: string;
  readonly minimumPasswordLength: number;
  /** Whether there is a password already; without one the first is chosen here. */
  readonly hasPassword: boolean;
  /** Whether the password is in a directory of the company, where it is changed. */
  readonly elsewhere?: boolean;
  readonly notice?: 'changed' | 'set' | undefined;
  readonly problem?: NewPasswordProblem | undefined;
  /** Whether the other sign-ins are to end, as the form says; they are unless somebody unticks it. */
  readonly endsOthers: boolean;
}

/** The page at `/account/password`. */
export const OwnPasswordPage: Page<OwnPasswordModel> = {
  title: ({ hasPassword, elsewhere }, { ownPassword }) =>
    hasPassword || elsewhere === true ? ownPassword.title : ownPassword.firstTitle,
  Body: ({ model }) => {
    const { ownPassword: words, setUp } = usePageContext().messages;
    return (
      <AccountShell section="password" account={model.account}>
        <h1>{model.hasPassword || model.elsewhere === true ? words.title : words.firstTitle}</h1>
        <p class="soft lead">{introOf(model, words)}</p>
        {model.notice && <Notice kind="done">{words[model.notice]}</Notice>}
        {model.problem && (
          <FormError>
            <p>{setUp.problems(1)}</p>
          </FormError>
        )}
        {model.elsewhere === true ? null : <ChoiceForm model={model} />}
      </AccountShell>
    );
  },
};

function introOf({ elsewhere, hasPassword }: OwnPasswordModel, words: Messages['ownPassword']): string {
  if (elsewhere === true) {
    return words.elsewhere;
  }
  return hasPassword ? words.intro : words.firstIntro;
}

function ChoiceForm({ model }: { readonly model: OwnPasswordModel }): VNode {
  const { ownPassword: words } = usePageContext().messages;
  return (
    <Form to={model} class="card">
      <input type="hidden" autocomplete="username" value={model.username} />
      <NewPasswordField minimumLength={model.minimumPasswordLength} problem={model.problem} />
      <OthersBox ticked={model.endsOthers} />
      <div class="actions">
        <Button id="set-password" primary>
          {words.submit}
        </Button>
      </div>
    </Form>
  );
}

function OthersBox({ ticked }: { readonly ticked: boolean }): VNode {
  const { ownPassword } = usePageContext().messages;
  return (
    <label class="scope">
      <span class="mark">
        <input type="checkbox" name="others" value="end" checked={ticked} />
      </span>
      <span class="grow">{ownPassword.endOthers}</span>
    </label>
  );
}
