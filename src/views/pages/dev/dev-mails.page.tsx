import type { VNode } from 'preact';
import { Name } from '../../components/name.js';
import { Ago } from '../../components/time.js';
import { CardLayout } from '../../layout/card.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** A mail as the page shows it. */
export interface DevMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: Date;
  /** Where its HTML form is served. */
  readonly documentPath: string;
}

/** Plain data of the page of mails. */
export interface DevMailsModel {
  readonly mails: readonly DevMail[];
}

/** The page where developers read the mails that would have been sent. */
export const DevMailsPage: Page<DevMailsModel> = {
  title: (_, { devMails }) => devMails.title,
  Body: ({ model }) => {
    const { devMails } = usePageContext().messages;
    return (
      <CardLayout wide>
        <div class="heading start">
          <h1>{devMails.title}</h1>
          <p class="soft">{model.mails.length === 0 ? devMails.none : devMails.intro}</p>
        </div>
        {model.mails.map((mail) => (
          <Mail key={mail.id} mail={mail} />
        ))}
      </CardLayout>
    );
  },
};

function Mail({ mail }: { readonly mail: DevMail }): VNode {
  const { devMails } = usePageContext().messages;
  return (
    <section>
      <h2>{mail.subject}</h2>
      <p class="soft small">
        {devMails.to(<Name text={mail.to} />)} <Ago of={mail.at} />
      </p>
      <pre tabIndex={0} aria-label={devMails.text}>
        {mail.text}
      </pre>
      <details>
        <summary>{devMails.html}</summary>
        <iframe
          src={mail.documentPath}
          title={`${devMails.html}: ${mail.subject}`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          width="100%"
          height="480"
          loading="lazy"
        />
      </details>
    </section>
  );
}
