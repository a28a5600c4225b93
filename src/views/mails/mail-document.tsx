import type { VNode } from 'preact';
import type { Accent } from '../accent.js';
import type { MailBlock } from './mail.js';
import { paragraph } from './mail-text.js';

/** What the HTML form of a mail is made of. */
export interface MailDocumentProps {
  readonly subject: string;
  readonly language: { readonly tag: string; readonly direction: 'ltr' | 'rtl' };
  readonly companyName: string;
  /** Where the picture of the company's logo is found, if mail programs can show it. */
  readonly logo: string | undefined;
  readonly accent: Accent;
  readonly blocks: readonly MailBlock[];
  readonly closing: readonly string[];
  readonly url: (path: string) => string;
}

// Mail programs know neither style sheets nor our page's classes, so that every element carries its look.
const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.5;";
const PAPER = '#f5f6f7';
const INK = '#1d2127';
const SOFT = '#565d66';

/** The HTML form of a mail: one card, as the pages have it. */
export function MailDocument(props: MailDocumentProps): VNode {
  const { language, subject, companyName, logo } = props;
  return (
    <html lang={language.tag} dir={language.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{subject}</title>
        <base target="_blank" />
      </head>
      <body style={`margin:0;padding:24px 12px;background:${PAPER};color:${INK};${FONT}`}>
        <div style="max-width:560px;margin:0 auto">
          <p style="margin:0 0 16px;font-weight:600">
            {logo === undefined ? null : (
              <img src={logo} alt="" height={32} style="vertical-align:middle;margin-inline-end:10px" />
            )}
            <bdi>{companyName}</bdi>
          </p>
          <main style="background:#ffffff;border:1px solid #dfe2e6;border-radius:10px;padding:24px">
            <h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{subject}</h1>
            {props.blocks.map((block, index) => (
              <Block key={index} block={block} accent={props.accent} url={props.url} />
            ))}
          </main>
          <footer style={`margin:16px 4px 0;color:${SOFT};font-size:13px`}>
            {props.closing.map((line) => (
              <p key={line} style="margin:0 0 4px">
                {paragraph(line)}
              </p>
            ))}
          </footer>
        </div>
      </body>
    </html>
  );
}

function Block({
  block,
  accent,
  url,
}: { readonly block: MailBlock } & Pick<MailDocumentProps, 'accent' | 'url'>): VNode {
  switch (block.kind) {
    case 'text':
      return <p style="margin:0 0 16px">{paragraph(block.text)}</p>;
    case 'facts':
      return <Facts facts={block.facts} />;
    case 'action':
      return <Action label={block.label} href={url(block.path)} accent={accent} />;
    case 'code':
      return (
        <p style="margin:0 0 16px;font-family:ui-monospace,monospace;font-size:26px;letter-spacing:4px">
          {paragraph(block.code)}
        </p>
      );
  }
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }): VNode {
  return (
    <dl style="margin:0 0 16px">
      {facts.map(([label, value]) => (
        <div key={label} style="margin:0 0 8px">
          <dt style={`color:${SOFT};font-size:13px`}>{paragraph(label)}</dt>
          <dd style="margin:0">
            <bdi>{paragraph(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A button, and its address for those whose program shows no buttons. */
function Action(props: { readonly label: string; readonly href: string; readonly accent: Accent }): VNode {
  const { accent, onAccent } = props.accent;
  const look = `display:inline-block;background:${accent};color:${onAccent};padding:11px 20px;border-radius:8px;text-decoration:none;font-weight:600`;
  return (
    <>
      <p style="margin:0 0 12px">
        <a href={props.href} style={look}>
          {paragraph(props.label)}
        </a>
      </p>
      <p style={`margin:0 0 16px;font-size:13px;color:${SOFT};overflow-wrap:anywhere`}>{props.href}</p>
    </>
  );
}
