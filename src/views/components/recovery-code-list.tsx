import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { Notice } from './notice.js';

/** New recovery codes, which are shown this once. */
export function RecoveryCodeList({ codes }: { readonly codes: readonly string[] }): VNode {
  const { secondFactor } = usePageContext().messages;
  return (
    <>
      <Notice kind="caution">{secondFactor.keepCodes}</Notice>
      <ol id="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </>
  );
}
