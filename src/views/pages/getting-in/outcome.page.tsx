import { CardLayout } from '../../layout/card.js';
import type { OutcomeKind } from '../../messages/getting-in-en.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page. */
export interface OutcomeModel {
  readonly kind: OutcomeKind;
  /** Where to go next; a path of our own. */
  readonly onwardPath?: string | undefined;
}

/** The page that says what came of it. */
export const OutcomePage: Page<OutcomeModel> = {
  title: ({ kind }, { outcomes }) => outcomes.kinds[kind].title,
  Body: ({ model }) => {
    const { messages, companyName } = usePageContext();
    const { title, text, go } = messages.outcomes.kinds[model.kind];
    return (
      <CardLayout>
        <div class="heading start">
          <h1>{title}</h1>
        </div>
        <p id={`outcome-${model.kind}`} role="status">
          {text(companyName)}
        </p>
        {model.onwardPath === undefined ? null : (
          <div class="actions stacked">
            <a class="button primary" href={model.onwardPath} id="onward">
              {go ?? messages.outcomes.signIn}
            </a>
          </div>
        )}
      </CardLayout>
    );
  },
};
