import type { ComponentChildren, VNode } from 'preact';
import { plainText } from '../text.js';
import { usePageContext } from '../page-context.js';

/** The HTML document around every page; it needs nothing but one style sheet. */
export function Document(props: { readonly title: string; readonly children: ComponentChildren }): VNode {
  const { messages, companyName, stylePath, iconPath } = usePageContext();
  const title = props.title === companyName ? props.title : `${plainText(props.title)} · ${companyName}`;
  return (
    <html lang={messages.language.tag} dir={messages.language.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="icon" href={iconPath} />
        <link rel="stylesheet" href={stylePath} />
      </head>
      <body>{props.children}</body>
    </html>
  );
}
