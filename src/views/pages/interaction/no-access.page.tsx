import type { VNode } from 'preact';
import { AccountLine } from '../../components/account-line.js';
import { Button } from '../../components/button.js';
import { ClientBadge } from '../../components/client-badge.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { CardLayout } from '../../layout/card.js';
import type { AccountCard, ClientCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { plainText } from '../../text.js';

/** Plain data of the page; posts `action=use-another-account` or `action=cancel`, and `csrf`. */
export interface NoAccessModel extends FormTarget {
  readonly client: ClientCard;
  readonly account: AccountCard;
  /** Whether the client is not for the user at all, or asks for rights that they have not. */
  readonly because: 'group' | 'scope';
  /** Whom to ask: e-mail addresses, or other words of whoever registered the client. */
  readonly contacts: readonly string[];
  /** Opens, for administrators, why. */
  readonly supportCode: string;
}

/** The page for a user who may not use the application that sent them. */
export const NoAccessPage: Page<NoAccessModel> = {
  title: ({ client }, { access }) => access.titleOf(plainText(client.name, 60)),
  Body: ({ model }) => {
    const { messages, companyName } = usePageContext();
    const { access } = messages;
    return (
      <CardLayout>
        <div class="client-heading">
          <ClientBadge client={model.client} />
          <div class="grow">
            <h1 id="no-access">{access.heading(<Name text={model.client.name} />)}</h1>
          </div>
        </div>
        <p>{model.because === 'group' ? access.notForYou(companyName) : access.noRights}</p>
        <div class="account-in-use">
          <AccountLine account={model.account} />
        </div>
        <p class="soft">{access.otherAccount}</p>
        <WhomToAsk contacts={model.contacts} client={model.client.name} />
        <p class="soft small">
          {messages.error.supportLabel}: <code id="support-code">{plainText(model.supportCode)}</code>
        </p>
        <Form to={model}>
          <div class="actions stacked">
            <Button id="use-another-account" name="action" value="use-another-account" primary>
              {access.useAnother}
            </Button>
            <Button id="cancel" name="action" value="cancel">
              {access.back}
            </Button>
          </div>
        </Form>
      </CardLayout>
    );
  },
};

function WhomToAsk({ contacts, client }: { readonly contacts: readonly string[]; readonly client: string }): VNode {
  const { messages, companyName } = usePageContext();
  const { access } = messages;
  if (contacts.length === 0) return <p>{access.askAdministrator(companyName)}</p>;
  return (
    <>
      <p>{access.askContacts}</p>
      <ul>
        {contacts.map((contact) => (
          <li key={contact}>
            <Contact text={contact} subject={access.mailSubject(plainText(client, 60))} />
          </li>
        ))}
      </ul>
    </>
  );
}

const ADDRESS = /^[^\s@?&<>"]+@[^\s@?&<>"]+$/;

function Contact({ text, subject }: { readonly text: string; readonly subject: string }): VNode {
  const name = <Name text={text} />;
  return ADDRESS.test(text) ? (
    <a href={`mailto:${encodeURI(text)}?subject=${encodeURIComponent(subject)}`}>{name}</a>
  ) : (
    name
  );
}
