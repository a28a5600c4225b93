import type { VNode } from 'preact';
import { Name } from '../../components/name.js';
import { CardLayout } from '../../layout/card.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { onwardLink, plainText } from '../../text.js';

/** What went wrong, as the reader sees it; the words of each are in the catalogue. */
export type ErrorKind =
  /** The application's request is wrong; nothing the user did (RFC 6749 §4.1.2.1). */
  | 'client'
  /** The request waited too long. */
  | 'expired'
  /** The request was answered before (Back, a second tab). */
  | 'finished'
  /** The request was started in another browser. */
  | 'foreign'
  /** The form did not come from our own page, or its token no longer counts. */
  | 'form'
  /** What the form says was not offered. */
  | 'invalid'
  /** A set-up link that was used, has expired or never existed. */
  | 'set-up-link'
  /** A link of a mail that was used, has run out or never existed. */
  | 'action-link'
  /** RFC 9700 §4.11.2: an answer for an application that nobody has checked; `continueUrl` leads there. */
  | 'unvetted'
  | 'not-found'
  | 'method'
  | 'forbidden'
  | 'busy'
  | 'server';

/** Plain data of the error page. */
export interface ErrorModel {
  readonly status?: number | undefined;
  readonly kind: ErrorKind;
  /** The OAuth error code, for developers. */
  readonly error?: string | undefined;
  readonly description?: string | undefined;
  readonly supportCode: string;
  /** The one thing to do next; https, loopback http or an own path, else left out. */
  readonly continueUrl?: string | undefined;
  /** Where `continueUrl` leads, as in `Travel Desk`. */
  readonly continueName?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/** Errors that leave the reader without an application to go back to, so that the account is the best next step. */
const LEADS_TO_ACCOUNT: ReadonlySet<ErrorKind> = new Set(['not-found', 'method', 'forbidden', 'set-up-link']);

/** The page for everything that cannot go on. */
export const ErrorPage: Page<ErrorModel> = {
  title: ({ kind }, { error }) => error.kinds[kind].title,
  Body: ({ model }) => {
    const { messages, dates } = usePageContext();
    const { title, what, next } = messages.error.kinds[model.kind];
    const wait = model.retryAfterSeconds;
    return (
      <CardLayout>
        <div class="heading start">
          <h1>{title}</h1>
        </div>
        <p>{what}</p>
        <p>{wait === undefined ? next : messages.error.wait(dates.length(wait))}</p>
        <Onward model={model} />
        <ForDevelopers model={model} />
      </CardLayout>
    );
  },
};

function Onward({ model }: { readonly model: ErrorModel }): VNode | null {
  const { messages, paths } = usePageContext();
  const href = onwardLink(model.continueUrl) ?? (LEADS_TO_ACCOUNT.has(model.kind) ? paths.account : undefined);
  if (href === undefined) {
    return null;
  }
  const name = model.continueName;
  const onward = name === undefined ? messages.error.goOn : messages.error.goTo(<Name text={name} longest={60} />);
  return (
    <div class="actions stacked">
      <a class={model.kind === 'unvetted' ? 'button' : 'button primary'} href={href} rel="noopener noreferrer">
        {href === paths.account ? messages.error.account : onward}
      </a>
    </div>
  );
}

/** Small, at the end: what a developer or an administrator needs, and a user can read out on the telephone. */
function ForDevelopers({ model }: { readonly model: ErrorModel }): VNode {
  const { error } = usePageContext().messages;
  return (
    <dl class="technical">
      {model.error === undefined ? null : (
        <div>
          <dt>{error.codeLabel}</dt>
          <dd>
            <code id="error-code">{plainText(model.error)}</code>
          </dd>
        </div>
      )}
      {model.description === undefined ? null : (
        <div>
          <dt>{error.descriptionLabel}</dt>
          <dd id="error-description">{plainText(model.description, 500)}</dd>
        </div>
      )}
      <div>
        <dt>{error.supportLabel}</dt>
        <dd>
          <code id="support-code">{plainText(model.supportCode)}</code>
        </dd>
      </div>
    </dl>
  );
}
