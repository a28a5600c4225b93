import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { Name } from './name.js';
import { Ago, Day } from './time.js';

/** One thing that an application was told about the user, and when. */
export interface ReceivedClaim {
  readonly title: string;
  readonly first: Date;
  readonly last: Date;
}

/** What an application was told that may do nothing with the account now. */
export interface OtherReceived {
  readonly clientName: string;
  readonly claims: readonly ReceivedClaim[];
}

/** What an application was told, folded away. */
export function ReceivedClaims(props: {
  readonly claims: readonly ReceivedClaim[];
  /** Where it is not the heading. */
  readonly clientName?: string | undefined;
}): VNode | null {
  const { applications } = usePageContext().messages;
  const { claims, clientName } = props;
  if (claims.length === 0) return null;
  return (
    <details class="already">
      <summary>
        {clientName === undefined ? null : (
          <>
            <Name text={clientName} />{' '}
          </>
        )}
        {applications.received(claims.length)}
      </summary>
      <ul>
        {claims.map(({ title, first, last }) => (
          <li key={title}>
            <Name text={title} />{' '}
            <span class="soft small">{applications.receivedAt(<Day of={first} />, <Ago of={last} />)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
