import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Dates } from './dates.js';
import type { Messages } from './messages/en.js';

/** What all pages of this service share, whoever reads them. */
export interface PageLook {
  readonly companyName: string;
  /** The company's logo, or the icon that stands in for it. */
  readonly iconPath: string;
  readonly stylePath: string;
  /** What the addresses of pictures of users begin with that this service keeps. */
  readonly pictureBase: string;
  /** The script that asks browsers for passkeys. */
  readonly passkeyScriptUrl: string;
  /** What stands before each of our own paths: the path of the issuer. */
  readonly basePath: string;
  /** Paths of our own pages. */
  readonly paths: Readonly<
    Record<'account' | 'applications' | 'receipts' | 'sessions' | 'signOut' | 'apiDocs', string>
  >;
}

/** What every component may need to know besides its own data. */
export interface PageContext extends PageLook {
  readonly messages: Messages;
  readonly dates: Dates;
}

/** Hands the page context to components. */
export const PageContextValue = createContext<PageContext | undefined>(undefined);

/** The page context, inside a component that is being rendered. */
export function usePageContext(): PageContext {
  const context = useContext(PageContextValue);
  if (context === undefined) {
    throw new Error('a component was rendered outside ViewsService.render');
  }
  return context;
}
