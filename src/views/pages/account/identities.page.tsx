import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { ProviderIcon, type ProviderLink } from '../../components/provider-links.js';
import { Ago, Day } from '../../components/time.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Why a link did not come about, or did not end. */
export const IDENTITY_PROBLEMS = ['denied', 'failed', 'not-allowed', 'unavailable', 'taken', 'needed'] as const;

/** An account elsewhere that leads to the user. */
export interface LinkedIdentity extends Pick<ProviderLink, 'title' | 'icon'> {
  readonly id: string;
  readonly label?: string | undefined;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date | undefined;
}

/** Plain data of the page; each link posts its `id` with `action=unlink`; what waits posts `action=link` or `action=skip`. */
export interface IdentitiesModel extends FormTarget {
  readonly account: AccountCard;
  readonly identities: readonly LinkedIdentity[];
  /** What could be linked; links, as a form's policy would have to name wherever they lead. */
  readonly offers: readonly ProviderLink[];
  /** An account that was just proven elsewhere and waits for a yes. */
  readonly waiting?: { readonly title: string; readonly label?: string | undefined } | undefined;
  readonly notice?: 'linked' | 'unlinked' | undefined;
  readonly problem?: (typeof IDENTITY_PROBLEMS)[number] | undefined;
}

/** The page at `/account/identities`. */
export const IdentitiesPage: Page<IdentitiesModel> = {
  title: (_, { identities }) => identities.title,
  Body: ({ model }) => {
    const { identities: words } = usePageContext().messages;
    const { identities, offers, notice, problem } = model;
    return (
      <AccountShell section="identities" account={model.account}>
        <h1>{words.title}</h1>
        <p class="soft lead">{words.intro}</p>
        {problem && <FormError>{words.problems[problem]}</FormError>}
        {notice && <Notice kind="done">{words[notice]}</Notice>}
        <Waiting model={model} />
        {identities.length === 0 ? <p class="card empty soft">{words.empty}</p> : null}
        {identities.map((identity) => (
          <IdentityRow key={identity.id} identity={identity} form={model} />
        ))}
        {offers.length === 0 ? null : <Offers offers={offers} />}
      </AccountShell>
    );
  },
};

function Waiting({ model }: { readonly model: IdentitiesModel }): VNode | null {
  const { messages, companyName } = usePageContext();
  const { upstream } = messages;
  if (model.waiting === undefined) return null;
  const { title, label } = model.waiting;
  return (
    <section class="card">
      <h2>{upstream.linkTitle(title)}</h2>
      <p>
        {upstream.linkEffect(
          <Name text={title} />,
          label === undefined ? undefined : <Name text={label} />,
          companyName,
        )}
      </p>
      <Form to={model} class="actions">
        <Button id="skip-link" name="action" value="skip">
          {upstream.skip}
        </Button>
        <Button id="link-account" name="action" value="link" primary>
          {upstream.link}
        </Button>
      </Form>
    </section>
  );
}

function IdentityRow(props: { readonly identity: LinkedIdentity; readonly form: FormTarget }): VNode {
  const { identities: words } = usePageContext().messages;
  const { id, title, icon, label, createdAt, lastUsedAt } = props.identity;
  return (
    <section class="card row-card">
      <span class="badge plain">
        <ProviderIcon icon={icon} />
      </span>
      <div class="grow">
        <h2>
          <Name text={title} />
        </h2>
        <p class="soft small facts">
          {label === undefined ? null : (
            <span>
              <Name text={label} />
            </span>
          )}
          <span>{words.since(<Day of={createdAt} />)}</span>
          {lastUsedAt === undefined ? null : <span>{words.used(<Ago of={lastUsedAt} />)}</span>}
        </p>
      </div>
      <Form to={props.form}>
        <input type="hidden" name="id" value={id} />
        <Button name="action" value="unlink">
          {words.unlink} <span class="hidden">{words.of(title)}</span>
        </Button>
      </Form>
    </section>
  );
}

function Offers({ offers }: { readonly offers: readonly ProviderLink[] }): VNode {
  const { identities: words } = usePageContext().messages;
  return (
    <section class="card tile after">
      <h2>{words.linkAnother}</h2>
      <p class="soft">{words.linkText}</p>
      <div class="actions stacked">
        {offers.map(({ id, title, icon, path }) => (
          <a key={id} id={id} class="button" href={path} rel="nofollow">
            <ProviderIcon icon={icon} /> {words.link(<Name text={title} />)}
          </a>
        ))}
      </div>
    </section>
  );
}
