import type { ComponentChildren, VNode } from 'preact';
import type { FormTarget } from '../models.js';

/** A form of our own: posted, with the token that proves where it came from. */
export function Form(props: {
  readonly to: FormTarget;
  readonly id?: string;
  readonly class?: string;
  readonly children?: ComponentChildren;
}): VNode {
  return (
    <form method="post" action={props.to.action} id={props.id} class={props.class}>
      <input type="hidden" name="csrf" value={props.to.csrf} />
      {props.children}
    </form>
  );
}
