import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { FormError } from '../../components/notice.js';
import { ACCOUNT_SECTIONS } from '../../layout/account-sections.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `csrf` and `confirm=yes`. */
export interface DeleteAccountModel extends FormTarget {
  readonly account: AccountCard;
  readonly problem?: 'missing' | 'lastAdministrator' | undefined;
}

/** The page at `/account/delete`. */
export const DeleteAccountPage: Page<DeleteAccountModel> = {
  title: (_, { deletion }) => deletion.title,
  Body: ({ model }) => {
    const { messages, companyName, basePath } = usePageContext();
    const { deletion: words } = messages;
    const missing = model.problem === 'missing';
    return (
      <AccountShell section="ownData" account={model.account}>
        <h1>{words.title}</h1>
        {model.problem && <FormError>{words[model.problem]}</FormError>}
        <p class="lead">{words.intro}</p>
        <ul>
          {words.effects(companyName).map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        <Form to={model} class="card">
          <div class="field">
            <label class="scope">
              <span class="mark">
                <input
                  type="checkbox"
                  id="confirm"
                  name="confirm"
                  value="yes"
                  required
                  aria-invalid={missing ? true : undefined}
                  aria-describedby={missing ? 'form-error' : undefined}
                />
              </span>
              <span class="grow">{words.confirm}</span>
            </label>
          </div>
          <div class="actions">
            <a class="button" href={basePath + ACCOUNT_SECTIONS.ownData}>
              {words.cancel}
            </a>
            <Button id="delete-account">{words.submit}</Button>
          </div>
        </Form>
      </AccountShell>
    );
  },
};
