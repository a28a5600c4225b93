import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.js';

/** Why a form came back. It takes the focus, so that it is read first by whoever cannot see it. */
export function FormError({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <div id="form-error" class="notice danger" role="alert" tabIndex={-1} autofocus>
      <Icon name="alert" />
      <div>{children}</div>
    </div>
  );
}

/** Something worth knowing before going on. */
export function Notice(props: { readonly kind: 'caution' | 'done'; readonly children: ComponentChildren }): VNode {
  return (
    <div class={`notice ${props.kind}`} role={props.kind === 'done' ? 'status' : undefined}>
      <Icon name={props.kind === 'done' ? 'check' : 'shield'} />
      <div>{props.children}</div>
    </div>
  );
}
