import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import type { PageNeeds } from '../page.js';

/** How the service that tells people from programs is built into a page. */
export interface CaptchaWidget {
  readonly scriptUrl: string;
  readonly className: string;
  readonly siteKey: string;
  /** What the policy of the page must allow besides the script. */
  readonly sources: {
    readonly scripts: readonly string[];
    readonly frames: readonly string[];
    readonly styles: readonly string[];
    readonly connections: readonly string[];
  };
}

/** What the policy of a page with the question must allow; nothing without it. */
export function captchaNeeds(widget: CaptchaWidget | undefined): PageNeeds {
  if (widget === undefined) return {};
  const { scripts, frames, styles, connections } = widget.sources;
  return {
    scriptSources: [widget.scriptUrl, ...scripts],
    frameSources: frames,
    styleSources: styles,
    connectSources: connections,
  };
}

/** The question of the service, whose script puts its answer into the form. */
export function CaptchaQuestion({ widget }: { readonly widget: CaptchaWidget }): VNode {
  const { captcha } = usePageContext().messages;
  return (
    <>
      <div class={`field ${widget.className}`} data-sitekey={widget.siteKey} />
      <noscript>
        <p class="soft small">{captcha.scripts}</p>
      </noscript>
      <script src={widget.scriptUrl} async defer />
    </>
  );
}
