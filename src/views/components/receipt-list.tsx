import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { Name } from './name.js';
import { Day } from './time.js';

/** One decision of the user that there is a receipt of. */
export interface ReceiptLink {
  readonly id: string;
  readonly at: Date;
  readonly decision: 'allow' | 'deny';
  /** The name of the application, where it is not the heading. */
  readonly clientName?: string | undefined;
}

/** The receipts of decisions, folded away. */
export function ReceiptList({ receipts }: { readonly receipts: readonly ReceiptLink[] }): VNode | null {
  const { messages, paths } = usePageContext();
  const { applications } = messages;
  if (receipts.length === 0) return null;
  return (
    <details class="already">
      <summary>{applications.receipts(receipts.length)}</summary>
      <ul>
        {receipts.map(({ id, at, decision, clientName }) => (
          <li key={id}>
            <a href={`${paths.receipts}/${id}`}>
              {clientName === undefined ? null : (
                <>
                  <Name text={clientName} />{' '}
                </>
              )}
              {applications[decision === 'allow' ? 'allowedOn' : 'deniedOn'](<Day of={at} />)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
