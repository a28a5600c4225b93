import type { VNode } from 'preact';
import { Name } from '../../components/name.js';
import { CardLayout } from '../../layout/card.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { plainText } from '../../text.js';

/** Plain data of the page that shows a receipt, to be read and printed. */
export interface ReceiptModel {
  readonly id: string;
  readonly at: Date;
  readonly decision: 'allow' | 'deny';
  readonly clientName: string;
  /** The language tag of what was shown. */
  readonly language: string;
  /** What was shown, line by line, as it was; absent when the receipt is not as it was signed. */
  readonly text?: readonly string[] | undefined;
  readonly scopes: readonly { readonly name: string; readonly decision: string }[];
  readonly jws: string;
}

/** The page at `/account/receipts/{id}`. */
export const ReceiptPage: Page<ReceiptModel> = {
  title: ({ clientName }, { receipt }) => receipt.title(plainText(clientName, 60)),
  Body: ({ model }) => {
    const { messages, dates, paths } = usePageContext();
    const { receipt } = messages;
    return (
      <CardLayout wide below={<a href={paths.applications}>{messages.applications.title}</a>}>
        <h1>{receipt.heading}</h1>
        <p>
          {receipt[model.decision === 'allow' ? 'allowed' : 'denied'](
            <Name text={model.clientName} />,
            <time dateTime={model.at.toISOString()}>{dates.moment(model.at)}</time>,
          )}
        </p>
        {model.text === undefined ? <p id="changed">{receipt.changed}</p> : <Shown model={model} text={model.text} />}
        <p>
          <a id="download" href={`${paths.receipts}/${model.id}/download`}>
            {receipt.download}
          </a>
        </p>
      </CardLayout>
    );
  },
};

function Shown({ model, text }: { readonly model: ReceiptModel; readonly text: readonly string[] }): VNode {
  const { receipt } = usePageContext().messages;
  return (
    <>
      <h2>{receipt.decided}</h2>
      <ul id="decided">
        {model.scopes.map(({ name, decision }) => (
          <li key={name}>
            <code>{name}</code> {decided(decision, receipt)}
          </li>
        ))}
      </ul>
      <h2>{receipt.shown}</h2>
      <ol id="shown" lang={model.language}>
        {text.map((line, place) => (
          <li key={place}>{line}</li>
        ))}
      </ol>
      <h2>{receipt.signature}</h2>
      <p class="soft small">{receipt.signatureText}</p>
      <p class="soft small">
        <code>{model.jws}</code>
      </p>
    </>
  );
}

function decided(decision: string, words: Readonly<Record<'scopeAllowed' | 'scopeDenied' | 'scopeEarlier', string>>) {
  if (decision === 'allowed') return words.scopeAllowed;
  return decision === 'denied' ? words.scopeDenied : words.scopeEarlier;
}
