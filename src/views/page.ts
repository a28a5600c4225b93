import type { VNode } from 'preact';
import type { Messages } from './messages/en.js';

/** A page: a typed function from plain data to markup, and the title of its document. */
export interface Page<M> {
  readonly title: (model: M, messages: Messages, companyName: string) => string;
  readonly Body: (props: { readonly model: M }) => VNode;
}
