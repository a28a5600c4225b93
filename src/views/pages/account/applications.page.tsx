import type { VNode } from 'preact';
import { ClientBadge } from '../../components/client-badge.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { Ago, Day } from '../../components/time.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, ClientCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { plainText } from '../../text.js';

/** One application that may use the account. */
export interface ApprovedApplication {
  readonly id: string;
  readonly client: ClientCard;
  readonly scopes: readonly { readonly title: string; readonly since: Date; readonly until?: Date | undefined }[];
  readonly givenBy: 'user' | 'company';
  readonly lastUsed?: Date | undefined;
}

/** Plain data of the applications page; each one posts `id`, `action=withdraw`, `csrf`. */
export interface ApplicationsModel extends FormTarget {
  readonly account: AccountCard;
  readonly applications: readonly ApprovedApplication[];
  /** What has just been done, said once. */
  readonly notice?: { readonly kind: 'withdrawn'; readonly name?: string | undefined } | undefined;
  readonly error?: { readonly kind: 'expired' } | undefined;
}

/** The page at `/account/applications`. */
export const ApplicationsPage: Page<ApplicationsModel> = {
  title: (_, { applications }) => applications.title,
  Body: ({ model }) => {
    const { applications, common } = usePageContext().messages;
    return (
      <AccountShell section="applications" account={model.account}>
        <h1>{applications.title}</h1>
        <p class="soft lead">{applications.intro}</p>
        {model.error && <FormError>{common.formExpired}</FormError>}
        {model.notice && (
          <Notice kind="done">
            {model.notice.name === undefined
              ? applications.withdrawnUnnamed
              : applications.withdrawn(<Name text={model.notice.name} />)}
          </Notice>
        )}
        {model.applications.length === 0 ? <Empty /> : null}
        {model.applications.map((application) => (
          <Application key={application.id} application={application} form={model} />
        ))}
      </AccountShell>
    );
  },
};

function Empty(): VNode {
  const { applications } = usePageContext().messages;
  return (
    <section class="card empty">
      <h2>{applications.empty}</h2>
      <p class="soft">{applications.emptyText}</p>
    </section>
  );
}

function Application(props: { readonly application: ApprovedApplication; readonly form: FormTarget }): VNode {
  const { applications } = usePageContext().messages;
  const { id, client, lastUsed, scopes } = props.application;
  return (
    <section class="card row-card">
      <ClientBadge client={client} />
      <div class="grow">
        <h2>
          <Name text={client.name} />
        </h2>
        <p class="soft small facts">
          {client.host === undefined ? null : (
            <span>
              <Name text={client.host} />
            </span>
          )}
          <GivenBy by={props.application.givenBy} />
          {lastUsed === undefined ? null : <span>{applications.used(<Ago of={lastUsed} />)}</span>}
        </p>
        <ApprovedScopes scopes={scopes} />
      </div>
      <Form to={{ action: props.form.action, csrf: props.form.csrf }}>
        <input type="hidden" name="id" value={id} />
        <Button name="action" value="withdraw">
          {applications.remove} <span class="hidden">{applications.of(plainText(client.name))}</span>
        </Button>
      </Form>
    </section>
  );
}

function GivenBy({ by }: { readonly by: ApprovedApplication['givenBy'] }): VNode {
  const { messages, companyName } = usePageContext();
  return by === 'user' ? (
    <span>{messages.applications.byUser}</span>
  ) : (
    <span title={messages.applications.byCompanyText}>{messages.applications.byCompany(companyName)}</span>
  );
}

function ApprovedScopes({ scopes }: Pick<ApprovedApplication, 'scopes'>): VNode | null {
  const { applications } = usePageContext().messages;
  return scopes.length === 0 ? null : (
    <ul class="approved" aria-label={applications.may}>
      {scopes.map(({ title, since, until }) => (
        <li key={title}>
          <Name text={title} />{' '}
          <span class="soft small">
            {applications.since(<Day of={since} />)}
            {until === undefined ? null : <> {applications.until(<Day of={until} />)}</>}
          </span>
        </li>
      ))}
    </ul>
  );
}
