import { en, type Messages } from './en.js';
import { zhCn } from './zh-cn.js';

/** The words of every language that pages are written in; the first is used when nothing else fits. */
export const CATALOGUES = { en, 'zh-CN': zhCn } as const satisfies Readonly<Record<string, Messages>>;

/** A language that the pages are written in. */
export type Locale = keyof typeof CATALOGUES;
