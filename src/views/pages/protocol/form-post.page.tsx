import { Button } from '../../components/button.js';
import { CardLayout } from '../../layout/card.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page that carries an answer to a client. */
export interface FormPostModel {
  /** The client's redirect URI. */
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The nonce that the policy of the page allows its one script by. */
  readonly nonce: string;
}

/** Plain enough for every browser that runs scripts at all. */
const SUBMIT = 'document.forms[0].submit();';

/** The page that posts an answer to the client, by itself or by its button (OAuth Form Post §2). */
export const FormPostPage: Page<FormPostModel> = {
  title: (_, { formPost }) => formPost.title,
  Body: ({ model }) => {
    const { formPost } = usePageContext().messages;
    return (
      <CardLayout>
        <div class="heading">
          <h1>{formPost.title}</h1>
          <p class="soft">{formPost.effect}</p>
        </div>
        <form method="post" action={model.action}>
          {model.fields.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div class="actions stacked">
            <Button id="continue" primary>
              {formPost.go}
            </Button>
          </div>
        </form>
        <script nonce={model.nonce} dangerouslySetInnerHTML={{ __html: SUBMIT }} />
      </CardLayout>
    );
  },
};
