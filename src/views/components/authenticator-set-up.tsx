import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { Field } from './field.js';
import { QrCode } from './qr-code.js';

/** A new key for an authenticator app. */
export interface AuthenticatorKey {
  /** What the QR code says. */
  readonly uri: string;
  /** The key as it is typed by hand. */
  readonly seed: string;
  /** The key sealed, which the form brings back. */
  readonly sealed: string;
}

/** What a form needs that adds an authenticator app: the key to scan or type, and its first code. */
export function AuthenticatorSetUp(props: {
  readonly appKey: AuthenticatorKey;
  readonly error?: string | undefined;
}): VNode {
  const { secondFactor } = usePageContext().messages;
  const { uri, seed, sealed } = props.appKey;
  return (
    <>
      <p>{secondFactor.scan}</p>
      <p>
        <QrCode text={uri} label={secondFactor.qrCode} />
      </p>
      <details>
        <summary>{secondFactor.cannotScan}</summary>
        <p class="soft">{secondFactor.typeKey}</p>
        <p>
          <code id="key">{(seed.match(/.{1,4}/g) ?? []).join(' ')}</code>
        </p>
      </details>
      <input type="hidden" name="key" value={sealed} />
      <Field
        name="code"
        label={secondFactor.firstCode}
        autocomplete="one-time-code"
        digits
        error={props.error}
        autofocus={props.error === undefined}
      />
    </>
  );
}
