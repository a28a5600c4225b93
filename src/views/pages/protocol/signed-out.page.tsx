import { Icon } from '../../components/icon.js';
import { Name } from '../../components/name.js';
import { CardLayout } from '../../layout/card.js';
import type { ClientCard } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { httpsLink } from '../../text.js';

/** Plain data of the signed-out page. */
export interface SignedOutModel {
  /** The client that asked for it; its `clientUri` becomes the way back. */
  readonly client?: ClientCard | undefined;
  readonly signInUrl: string;
}

/** The page after signing out. */
export const SignedOutPage: Page<SignedOutModel> = {
  title: (_, { signedOut }) => signedOut.title,
  Body: ({ model }) => {
    const { messages } = usePageContext();
    const back = httpsLink(model.client?.clientUri);
    return (
      <CardLayout>
        <div class="heading">
          <span class="seal">
            <Icon name="check" />
          </span>
          <h1>{messages.signedOut.title}</h1>
          <p class="soft">{messages.signedOut.shared}</p>
        </div>
        <div class="actions stacked">
          {model.client === undefined || back === undefined ? null : (
            <a class="button primary" href={back} rel="noopener noreferrer">
              {messages.signedOut.back(<Name text={model.client.name} longest={60} />)}
            </a>
          )}
          <a class="button" href={model.signInUrl}>
            {messages.signedOut.again}
          </a>
        </div>
      </CardLayout>
    );
  },
};
