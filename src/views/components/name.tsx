import type { VNode } from 'preact';
import { plainText } from '../text.js';

/** A name or another short text that somebody else supplied: cleaned, shortened, its direction kept to itself. */
export function Name(props: { readonly text: string; readonly longest?: number }): VNode {
  return <bdi>{plainText(props.text, props.longest ?? 100)}</bdi>;
}
