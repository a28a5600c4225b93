import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { Day } from './time.js';
import { Icon } from './icon.js';

/** Where each thing that can need attention is mended; its words stand under `attention` in every language. */
export const ATTENTION_PATHS = {
  'deletion-pending': '/account/delete',
  'email-missing': '/account/profile',
  'email-unverified': '/account/profile',
} as const satisfies Readonly<Record<string, `/account/${string}`>>;

/** Something that the user should look at. */
export interface AttentionItem {
  readonly kind: keyof typeof ATTENTION_PATHS;
  /** When it comes to pass, for what has a day. */
  readonly at?: Date | undefined;
}

/** What the user should look at; nothing when all is well. */
export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }): VNode | null {
  const { messages, basePath } = usePageContext();
  const words = messages.attention;
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{words.title}</h2>
      {items.map(({ kind, at }) => (
        <div key={kind} class="notice caution">
          <Icon name="alert" />
          <div class="grow">
            {words.kinds[kind].text} {at === undefined ? null : <Day of={at} />}
          </div>
          <a href={basePath + ATTENTION_PATHS[kind]}>{words.kinds[kind].action}</a>
        </div>
      ))}
    </section>
  );
}
