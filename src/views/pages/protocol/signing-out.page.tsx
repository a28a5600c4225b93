import { CardLayout } from '../../layout/card.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page that signs out at applications before it goes on. */
export interface SigningOutModel {
  /** What each application shows in a frame that nobody sees. */
  readonly frames: readonly string[];
  /** Where the browser goes afterwards. */
  readonly continueUrl: string;
  /** The nonce that the policy of the page allows its one script by. */
  readonly nonce: string;
}

const LONGEST_WAIT_SECONDS = 4;

// The load event of a window waits for its frames, those that fail included. Plain enough for every browser that runs
// scripts at all.
const GO_ON = `(function () {
  var gone = false;
  function go() {
    if (gone) return;
    gone = true;
    window.location.replace(document.getElementById('continue').href);
  }
  window.addEventListener('load', go);
  window.setTimeout(go, ${LONGEST_WAIT_SECONDS * 1000});
})();`;

// No frame leads the whole page away, opens windows or asks for anything.
const SANDBOX = 'allow-scripts allow-same-origin';

/** The page that shows the frames of applications that are signed out of (OIDC Front-Channel Logout §3). */
export const SigningOutPage: Page<SigningOutModel> = {
  title: (_, { signingOut }) => signingOut.title,
  Body: ({ model }) => {
    const { signingOut } = usePageContext().messages;
    return (
      <CardLayout>
        <div class="heading">
          <h1>{signingOut.title}</h1>
          <p class="soft">{signingOut.effect}</p>
        </div>
        <div class="actions stacked">
          <a id="continue" class="button primary" href={model.continueUrl} rel="noopener noreferrer">
            {signingOut.go}
          </a>
        </div>
        <noscript>
          <meta http-equiv="refresh" content={`${LONGEST_WAIT_SECONDS};url=${model.continueUrl}`} />
        </noscript>
        {model.frames.map((frame) => (
          <iframe key={frame} src={frame} title={signingOut.frame} sandbox={SANDBOX} hidden />
        ))}
        <script nonce={model.nonce} dangerouslySetInnerHTML={{ __html: GO_ON }} />
      </CardLayout>
    );
  },
};
