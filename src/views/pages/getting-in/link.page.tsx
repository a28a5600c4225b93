import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { CardLayout } from '../../layout/card.js';
import type { FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page; posts `csrf` alone. */
export interface LinkModel extends FormTarget {
  readonly kind: 'verify-email' | 'change-email' | 'not-me';
  /** The address that it is about. */
  readonly address: string;
}

/** The page that a link in a mail opens: one button, so that programs that only look at links change nothing. */
export const LinkPage: Page<LinkModel> = {
  title: ({ kind }, { linkPages }) => linkPages[kind].title,
  Body: ({ model }) => {
    const { messages, companyName } = usePageContext();
    const words = messages.linkPages[model.kind];
    return (
      <CardLayout>
        <div class="heading start">
          <h1>{words.title}</h1>
        </div>
        <p>{words.text(<Name key="address" text={model.address} longest={254} />, companyName)}</p>
        <Form to={model}>
          <div class="actions stacked">
            <Button id={model.kind} primary>
              {words.submit}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};
