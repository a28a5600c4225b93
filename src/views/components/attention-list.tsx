import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';
import { ATTENTION_PATHS, type AttentionKind } from './attention-kinds.js';
import { Day } from './time.js';
import { Icon } from './icon.js';

/** Something that the user should look at. */
export interface AttentionItem {
  readonly kind: AttentionKind;
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
