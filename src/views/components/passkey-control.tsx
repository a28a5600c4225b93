import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import type { PageNeeds } from '../page.js';
import type { PageLook } from '../page-context.js';
import { Button } from './button.js';

/** What the browser is asked to do with passkeys, as WebAuthn §5.4 and §5.5 write it in JSON. */
export interface PasskeyAsk {
  readonly options: object;
}

/** What a page with this control needs: its one script, by the address that holds the hash of its content. */
export function passkeyNeeds({ passkeyScriptUrl }: PageLook): PageNeeds {
  return { scripts: [passkeyScriptUrl] };
}

/**
 * The part of a form that asks for a passkey: it posts `passkey`, the authenticator's answer, and `action=passkey`. The
 * script brings it to light; without scripts a sentence says so.
 */
export function PasskeyControl(props: {
  readonly ask: PasskeyAsk;
  readonly ceremony: 'get' | 'create';
  readonly label: string;
  /** Offers passkeys in the field for the name as well. */
  readonly autofill?: boolean;
  /** All passkeys that are kept here, for programs that would offer others (WebAuthn §5.1.10.3). */
  readonly kept?: object | undefined;
  readonly primary?: boolean;
}): VNode {
  const { messages, passkeyScriptUrl } = usePageContext();
  const words = messages.passkeys;
  return (
    <>
      <div
        hidden
        data-passkey={props.ceremony}
        data-options={JSON.stringify(props.ask.options)}
        data-kept={props.kept && JSON.stringify(props.kept)}
        data-autofill={props.autofill === true ? '' : undefined}
      >
        <input type="hidden" name="passkey" value="" />
        <div class="actions stacked">
          <Button id="passkey" name="action" value="passkey" formNoValidate primary={props.primary === true}>
            {props.label}
          </Button>
        </div>
        <p class="soft" role="status" data-problem="failed" hidden>
          {words.failed}
        </p>
        <p class="soft" role="status" data-problem="known" hidden>
          {words.known}
        </p>
      </div>
      <p class="soft small" data-passkey-unsupported hidden>
        {words.unsupported}
      </p>
      <noscript>
        <p class="soft small">{words.scripts}</p>
      </noscript>
      <script src={passkeyScriptUrl} defer />
    </>
  );
}
