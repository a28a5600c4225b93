import type { ComponentChildren, VNode } from 'preact';
import { Brand } from './brand.js';

/** One card in the middle of the page, the company above it. */
export function CardLayout(props: {
  readonly wide?: boolean;
  /** What stands below the card, in small. */
  readonly below?: ComponentChildren;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <div class={props.wide === true ? 'page wide' : 'page'}>
      <header class="top">
        <Brand />
      </header>
      <main class="card">{props.children}</main>
      {props.below === undefined ? null : <footer class="below">{props.below}</footer>}
    </div>
  );
}
