import type { VNode } from 'preact';
import { ClientBadge } from '../../components/client-badge.js';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { ReceiptList, type ReceiptLink } from '../../components/receipt-list.js';
import { ReceivedClaims, type OtherReceived, type ReceivedClaim } from '../../components/received-claims.js';
import { FormError, Notice } from '../../components/notice.js';
import { Ago, Day } from '../../components/time.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, ClientCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { plainText } from '../../text.js';

/** One thing that an application may do; an optional one can be taken back alone. */
export interface ApprovedPart {
  readonly name: string;
  readonly title: string;
  readonly since: Date;
  readonly until?: Date | undefined;
  /** To within an hour; absent as long as it was never used. */
  readonly lastUsed?: Date | undefined;
  readonly optional: boolean;
  /** Not used for as long as the company has set, and could go alone. */
  readonly unusedSince?: Date | undefined;
  /** Approved by the company, where the user decided about other things. */
  readonly byCompany?: boolean | undefined;
}

/** One application that may use the account. */
export interface ApprovedApplication {
  readonly id: string;
  readonly client: ClientCard;
  readonly scopes: readonly ApprovedPart[];
  readonly givenBy: 'user' | 'company';
  readonly lastUsed?: Date | undefined;
  readonly receipts: readonly ReceiptLink[];
  /** Set when nobody uses any of it. */
  readonly unusedSince?: Date | undefined;
  /** When parts of it, or all of it, go because nobody uses them. */
  readonly removedOn?: Date | undefined;
  /** What it was told about the user. */
  readonly received: readonly ReceivedClaim[];
}

/** Plain data of the applications page; each one posts `id`, `csrf` and `action=withdraw`, or `action=narrow` with each `scope` that stays. */
export interface ApplicationsModel extends FormTarget {
  readonly account: AccountCard;
  readonly applications: readonly ApprovedApplication[];
  /** Receipts of decisions about applications that are not among them. */
  readonly otherReceipts: readonly ReceiptLink[];
  /** What those were told. */
  readonly otherReceived: readonly OtherReceived[];
  /** What has just been done, said once. */
  readonly notice?:
    { readonly kind: 'withdrawn' | 'narrowed' | 'unused'; readonly name?: string | undefined } | undefined;
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
        {model.notice && <Done notice={model.notice} />}
        {model.applications.length === 0 ? <Empty /> : null}
        {model.applications.some(isUnused) ? <UnusedBox form={model} /> : null}
        {model.applications.map((application) => (
          <Application key={application.id} application={application} form={model} />
        ))}
        {model.otherReceipts.length + model.otherReceived.length === 0 ? null : <Others model={model} />}
      </AccountShell>
    );
  },
};

function Done({ notice }: { readonly notice: NonNullable<ApplicationsModel['notice']> }): VNode {
  const { applications } = usePageContext().messages;
  const { kind, name } = notice;
  if (kind === 'unused') return <Notice kind="done">{applications.unusedRemoved}</Notice>;
  if (kind === 'narrowed') return <Notice kind="done">{applications.narrowed}</Notice>;
  return (
    <Notice kind="done">
      {name === undefined ? applications.withdrawnUnnamed : applications.withdrawn(<Name text={name} />)}
    </Notice>
  );
}

function Others({ model }: { readonly model: ApplicationsModel }): VNode {
  const { applications } = usePageContext().messages;
  return (
    <section class="card tile after">
      <h2>{applications.otherReceipts}</h2>
      <p class="soft">{applications.otherReceiptsText}</p>
      <ReceiptList receipts={model.otherReceipts} />
      {model.otherReceived.map(({ clientName, claims }) => (
        <ReceivedClaims key={clientName} clientName={clientName} claims={claims} />
      ))}
    </section>
  );
}

function isUnused({ unusedSince, scopes }: ApprovedApplication): boolean {
  return unusedSince !== undefined || scopes.some((scope) => scope.unusedSince !== undefined);
}

/** One click takes back all that nobody uses. */
function UnusedBox({ form }: { readonly form: FormTarget }): VNode {
  const { applications } = usePageContext().messages;
  return (
    <section class="card tile">
      <h2>{applications.unused}</h2>
      <p class="soft">{applications.unusedText}</p>
      <Form to={{ action: form.action, csrf: form.csrf }}>
        <Button name="action" value="withdraw-unused">
          {applications.removeUnused}
        </Button>
      </Form>
    </section>
  );
}

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
  const { id, client, lastUsed } = props.application;
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
          <span>{lastUsed === undefined ? applications.neverUsed : applications.used(<Ago of={lastUsed} />)}</span>
        </p>
        <Unused application={props.application} />
        <ApprovedScopes application={props.application} form={props.form} />
        <ReceivedClaims claims={props.application.received} />
        <ReceiptList receipts={props.application.receipts} />
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

function Unused({ application }: { readonly application: ApprovedApplication }): VNode | null {
  const { applications } = usePageContext().messages;
  const { unusedSince, removedOn } = application;
  if (unusedSince === undefined && removedOn === undefined) return null;
  return (
    <p class="small">
      {unusedSince === undefined ? null : <strong>{applications.unusedSince(<Day of={unusedSince} />)}</strong>}{' '}
      {removedOn === undefined ? null : applications.removedOn(<Day of={removedOn} />)}
    </p>
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

function ApprovedScopes(props: { readonly application: ApprovedApplication; readonly form: FormTarget }): VNode | null {
  const { applications } = usePageContext().messages;
  const { id, client, scopes } = props.application;
  if (scopes.length === 0) return null;
  const list = (
    <ul class="approved" aria-label={applications.may}>
      {scopes.map((scope) => (
        <li key={scope.name}>
          <ApprovedScope scope={scope} />
        </li>
      ))}
    </ul>
  );
  if (!scopes.some(({ optional }) => optional)) return list;
  return (
    <Form to={{ action: props.form.action, csrf: props.form.csrf }}>
      <input type="hidden" name="id" value={id} />
      {list}
      <Button name="action" value="narrow">
        {applications.keep} <span class="hidden">{applications.of(plainText(client.name))}</span>
      </Button>
    </Form>
  );
}

function ApprovedScope({ scope }: { readonly scope: ApprovedPart }): VNode {
  const { messages, companyName } = usePageContext();
  const { applications } = messages;
  const { name, title, since, until, lastUsed, optional } = scope;
  const words = (
    <>
      <Name text={title} />{' '}
      <span class="soft small">
        <Term since={since} until={until} />{' '}
        {lastUsed === undefined ? applications.scopeNeverUsed : applications.scopeUsed(<Ago of={lastUsed} />)}
        {scope.unusedSince === undefined ? null : (
          <strong> {applications.unusedSince(<Day of={scope.unusedSince} />)}</strong>
        )}
        {scope.byCompany === true ? <> {applications.approvedByCompany(companyName)}</> : null}
      </span>
    </>
  );
  if (!optional) return words;
  return (
    <label class="option">
      <input type="checkbox" name="scope" value={name} checked />
      <span>{words}</span>
    </label>
  );
}

/** What was allowed for one time has ended as it began. */
function Term({ since, until }: Pick<ApprovedPart, 'since' | 'until'>): VNode {
  const { applications } = usePageContext().messages;
  if (until !== undefined && until <= since) return <>{applications.once(<Day of={since} />)}</>;
  return (
    <>
      {applications.since(<Day of={since} />)}
      {until === undefined ? null : <> {applications.until(<Day of={until} />)}</>}
    </>
  );
}
