import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { FormError } from '../../components/notice.js';
import { TermsBox } from '../../components/terms-box.js';
import { CardLayout } from '../../layout/card.js';
import type { FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `accept_terms`, `version`, `csrf`. */
export interface AcceptTermsModel extends FormTarget {
  readonly version: string;
  readonly uri: string;
  /** The form came back because the box was not ticked, or the terms changed meanwhile. */
  readonly missing: boolean;
}

/** The page on which a user accepts the terms of the company. */
export const AcceptTermsPage: Page<AcceptTermsModel> = {
  title: (_, { terms }) => terms.title,
  Body: ({ model }) => {
    const { messages, companyName } = usePageContext();
    const { terms } = messages;
    return (
      <CardLayout>
        <div class="heading start">
          <h1>{terms.title}</h1>
          <p class="soft">{terms.intro(companyName)}</p>
        </div>
        {model.missing ? (
          <FormError>
            <p>{terms.missing}</p>
          </FormError>
        ) : null}
        <Form to={model}>
          <input type="hidden" name="version" value={model.version} />
          <TermsBox uri={model.uri} error={model.missing} />
          <div class="actions stacked">
            <Button id="accept" primary>
              {terms.submit}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
