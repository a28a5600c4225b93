import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `csrf`, and is answered with a file. */
export interface OwnDataModel extends FormTarget {
  readonly account: AccountCard;
  /** Where the account can be deleted, where the company lets its users do that. */
  readonly deletePath?: string | undefined;
}

/** The page at `/account/export`. */
export const OwnDataPage: Page<OwnDataModel> = {
  title: (_, { ownData }) => ownData.title,
  Body: ({ model }) => {
    const { ownData: words, deletion } = usePageContext().messages;
    return (
      <AccountShell section="ownData" account={model.account}>
        <h1>{words.title}</h1>
        <p class="soft lead">{words.intro}</p>
        <section class="card tile">
          <h2>{words.download}</h2>
          <p class="soft">{words.downloadText}</p>
          <Form to={model}>
            <Button id="download" primary>
              {words.downloadButton}
            </Button>
          </Form>
        </section>
        {model.deletePath === undefined ? null : (
          <section class="card tile after">
            <h2>{deletion.title}</h2>
            <p class="soft">{deletion.offer}</p>
            <p>
              <a id="to-delete" class="button" href={model.deletePath}>
                {deletion.title}
              </a>
            </p>
          </section>
        )}
      </AccountShell>
    );
  },
};
