import type { VNode } from 'preact';
import { AccountLine } from '../../components/account-line.js';
import { Button } from '../../components/button.js';
import { ClientBadge } from '../../components/client-badge.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { PolicyLinks } from '../../components/policy-links.js';
import { ScopeGroups } from '../../components/scope-groups.js';
import { Day } from '../../components/time.js';
import { CardLayout } from '../../layout/card.js';
import type { AccountCard, ClientCard, FormTarget, ScopeGroup } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { plainText } from '../../text.js';

/** One choice of how long an approval lasts; `value` is what the form posts. */
export interface ConsentDuration {
  readonly value: string;
  readonly kind: 'once' | 'days' | 'forever';
  readonly days?: number | undefined;
  readonly checked: boolean;
}

/** Plain data of the consent page; posts `shown`, `decision=allow|deny`, `scope` (optional ones), `duration`, `csrf`, or `action=use-another-account`. */
export interface ConsentModel extends FormTarget {
  readonly client: ClientCard;
  /** The name of another application, a checked one, that this one could be taken for. */
  readonly lookalike?: string | undefined;
  readonly account: AccountCard;
  readonly groups: readonly ScopeGroup[];
  readonly alreadyApproved: readonly {
    readonly title: string;
    readonly since: Date;
    /** Approved by the company for everybody. */
    readonly byCompany?: boolean | undefined;
  }[];
  /** With fewer than two choices nothing is asked and the single value is posted hidden. */
  readonly durations: readonly ConsentDuration[];
  /** Where to tell the company about an application that nobody has checked. */
  readonly reportUrl?: string | undefined;
  /** Names what the page says, so that the answer is one to this very page. */
  readonly digest: string;
  readonly error?: { readonly kind: 'expired' | 'missing' | 'invalid' | 'changed' } | undefined;
}

/** The page where a user decides what a client may have. */
export const ConsentPage: Page<ConsentModel> = {
  title: ({ client }, { consent }) => consent.title(plainText(client.name, 60)),
  Body: ({ model }) => {
    const { messages } = usePageContext();
    return (
      <CardLayout wide below={<p>{messages.consent.later}</p>}>
        <ClientHeading client={model.client} />
        {model.error && (
          <FormError>
            <p>{messages.consent[model.error.kind]}</p>
          </FormError>
        )}
        {model.client.vetted ? null : <Unvetted lookalike={model.lookalike} />}
        <Account account={model.account} />
        <ConsentForm model={model} />
        {/* A form of its own, so that Enter in the one above never changes the account. */}
        <Form to={model} id="switch-account" />
      </CardLayout>
    );
  },
};

function ClientHeading({ client }: { readonly client: ClientCard }): VNode {
  const { messages, companyName } = usePageContext();
  return (
    <div class="client-heading">
      <ClientBadge client={client} />
      <div class="grow">
        {client.vetted || client.host === undefined ? (
          <h1>
            <Name text={client.name} /> <span class="wants">{messages.consent.wants(<bdi>{companyName}</bdi>)}</span>
          </h1>
        ) : (
          <h1>
            <Name text={client.host} />{' '}
            <span class="wants">{messages.consent.callsItself(<Name text={client.name} />, companyName)}</span>
          </h1>
        )}
        <p class="soft small facts">
          {client.host === undefined || !client.vetted ? null : (
            <span>
              <Name text={client.host} />
            </span>
          )}
          {client.owner === undefined ? null : <span>{messages.consent.ownedBy(<Name text={client.owner} />)}</span>}
        </p>
      </div>
    </div>
  );
}

/** Who nobody here has looked at is known by the place that it leads to; what it calls itself can be anything. */
function Unvetted({ lookalike }: Pick<ConsentModel, 'lookalike'>): VNode {
  const { messages, companyName } = usePageContext();
  return (
    <Notice kind="caution">
      <p>{messages.consent.unvetted(companyName)}</p>
      {lookalike === undefined ? null : <p id="lookalike">{messages.consent.lookalike(<Name text={lookalike} />)}</p>}
    </Notice>
  );
}

function Account({ account }: { readonly account: AccountCard }): VNode {
  const { messages } = usePageContext();
  return (
    <div class="account-in-use">
      <AccountLine account={account} />
      <button
        type="submit"
        form="switch-account"
        id="use-another-account"
        class="link"
        name="action"
        value="use-another-account"
      >
        {messages.consent.useAnother}
      </button>
    </div>
  );
}

function ConsentForm({ model }: { readonly model: ConsentModel }): VNode {
  const { messages } = usePageContext();
  return (
    <Form to={model}>
      <input type="hidden" name="shown" value={model.digest} />
      <ScopeGroups groups={model.groups} />
      {model.groups.length === 0 ? <p class="nothing">{messages.consent.nothingNew}</p> : null}
      <AlreadyApproved approved={model.alreadyApproved} />
      <Durations durations={model.durations} />
      <div class="actions">
        <Button id="consent-deny" name="decision" value="deny">
          {messages.consent.deny}
        </Button>
        <Button id="consent-allow" name="decision" value="allow" primary>
          {messages.consent.allow}
        </Button>
      </div>
      <PolicyLinks client={model.client} />
      {model.reportUrl === undefined ? null : (
        <p class="links">
          <a id="report-client" href={model.reportUrl}>
            {messages.consent.report}
          </a>
        </p>
      )}
    </Form>
  );
}

function AlreadyApproved({ approved }: { readonly approved: ConsentModel['alreadyApproved'] }): VNode | null {
  const { messages, dates, companyName } = usePageContext();
  const [first, ...others] = approved;
  if (first === undefined) {
    return null;
  }
  const day = dates.day(first.since);
  const sameDay = others.every(({ since }) => dates.day(since) === day);
  return (
    <details class="already">
      <summary>
        {sameDay
          ? messages.consent.alreadyOn(<Day of={first.since} />, approved.length)
          : messages.consent.already(approved.length)}
      </summary>
      <ul>
        {approved.map(({ title, since, byCompany }) => (
          <li key={title}>
            <Name text={title} />{' '}
            {sameDay ? null : <span class="soft">{messages.consent.since(<Day of={since} />)}</span>}{' '}
            {byCompany === true ? (
              <span class="soft">{messages.applications.approvedByCompany(companyName)}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Durations({ durations }: { readonly durations: readonly ConsentDuration[] }): VNode | null {
  const { messages } = usePageContext();
  const [only] = durations;
  if (durations.length < 2) {
    return only === undefined ? null : <input type="hidden" name="duration" value={only.value} />;
  }
  const words = {
    once: () => messages.consent.once,
    days: messages.consent.days,
    forever: () => messages.consent.forever,
  };
  return (
    <fieldset class="durations">
      <legend>{messages.consent.duration}</legend>
      <div class="options">
        {durations.map(({ value, kind, days, checked }) => (
          <label key={value} class="option">
            <input type="radio" name="duration" value={value} checked={checked} required />
            <span>{words[kind](days ?? 0)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
