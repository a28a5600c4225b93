import type { ComponentChildren, VNode } from 'preact';

/** A button that sends its form, with the one pair of name and value that says which it was. */
export interface ButtonProps {
  readonly id?: string;
  readonly name?: string;
  readonly value?: string;
  /** The one filled button of a page. */
  readonly primary?: boolean;
  /** Sends the form without asking whether it is filled in. */
  readonly formNoValidate?: boolean;
  readonly children: ComponentChildren;
}

/** A button of a form. */
export function Button({ primary, ...props }: ButtonProps): VNode {
  return <button type="submit" class={primary === true ? 'button primary' : 'button'} {...props} />;
}
