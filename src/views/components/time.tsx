import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';

/** The day of an instant; the exact moment is in the attributes. */
export function Day({ of }: { readonly of: Date }): VNode {
  const { dates } = usePageContext();
  return (
    <time dateTime={of.toISOString()} title={dates.moment(of)}>
      {dates.day(of)}
    </time>
  );
}

/** How long ago an instant is, when that is less than a day; the day otherwise. */
export function Ago({ of }: { readonly of: Date }): VNode {
  const { dates } = usePageContext();
  return (
    <time dateTime={of.toISOString()} title={dates.moment(of)}>
      {dates.ago(of)}
    </time>
  );
}
