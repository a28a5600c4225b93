import type { VNode } from 'preact';
import type { HtmlAnswer } from '#platform/http/index.js';
import type { Messages } from './messages/en.js';
import type { PageLook } from './page-context.js';

/** What a page loads or frames besides its style sheet, which its content security policy must allow. */
export type PageNeeds = Pick<
  HtmlAnswer,
  'scripts' | 'scriptSources' | 'styleSources' | 'connectSources' | 'frameSources'
>;

/** A page: a typed function from plain data to markup, and the title of its document. */
export interface Page<M> {
  readonly title: (model: M, messages: Messages, companyName: string) => string;
  readonly Body: (props: { readonly model: M }) => VNode;
  /** Left out by pages that need nothing. */
  readonly needs?: (model: M, look: PageLook) => PageNeeds;
}
