import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { Form } from '../../components/form.js';
import { Icon } from '../../components/icon.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { browserWords } from '../../components/browser-words.js';
import { Ago } from '../../components/time.js';
import { AccountShell } from '../../layout/account-shell.js';
import type { AccountCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** One browser in which the user is signed in. */
export interface SignedInBrowser {
  readonly id: string;
  readonly current: boolean;
  readonly userAgent?: string | undefined;
  readonly address?: string | undefined;
  /** The place of the address, as in `Paris, France`. */
  readonly place?: string | undefined;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  /** The names of the applications that the sign-in was used for. */
  readonly applications?: readonly string[] | undefined;
}

/** Plain data of the sessions page; each one posts `id`, `action=end`, `csrf`; all others at once
 * `action=end-others`; all of them `action=end-all`. */
export interface SessionsModel extends FormTarget {
  readonly account: AccountCard;
  readonly sessions: readonly SignedInBrowser[];
  /** What has just been done, said once. */
  readonly notice?: { readonly kind: 'ended' | 'others-ended' } | undefined;
  readonly error?: { readonly kind: 'expired' } | undefined;
}

/** The page at `/account/sessions`. */
export const SessionsPage: Page<SessionsModel> = {
  title: (_, { sessions }) => sessions.title,
  Body: ({ model }) => {
    const { sessions, common } = usePageContext().messages;
    const others = model.sessions.filter(({ current }) => !current);
    return (
      <AccountShell section="sessions" account={model.account}>
        <h1>{sessions.title}</h1>
        <p class="soft lead">{sessions.intro}</p>
        {model.error && <FormError>{common.formExpired}</FormError>}
        {model.notice && (
          <Notice kind="done">{model.notice.kind === 'ended' ? sessions.ended : sessions.othersEnded}</Notice>
        )}
        {model.sessions.length === 0 ? <p class="card empty soft">{sessions.empty}</p> : null}
        {model.sessions.map((session) => (
          <BrowserRow key={session.id} session={session} form={model} />
        ))}
        {others.length < 2 ? null : (
          <Form to={model} class="after">
            <Button name="action" value="end-others">
              {sessions.endOthers}
            </Button>
          </Form>
        )}
        <section class="card tile after">
          <h2>{sessions.endAll}</h2>
          <p class="soft">{sessions.endAllText}</p>
          <Form to={model}>
            <Button id="end-all" name="action" value="end-all">
              {sessions.endAll}
            </Button>
          </Form>
        </section>
      </AccountShell>
    );
  },
};

function BrowserRow(props: { readonly session: SignedInBrowser; readonly form: FormTarget }): VNode {
  const { sessions } = usePageContext().messages;
  const { address, place, startedAt, lastSeenAt, current, applications = [] } = props.session;
  const name = browserWords(props.session.userAgent, sessions);
  return (
    <section class="card row-card">
      <span class="badge plain">
        <Icon name="screen" />
      </span>
      <div class="grow">
        <h2>
          {name} {current ? <span class="tag">{sessions.current}</span> : null}
        </h2>
        <p class="soft small facts">
          <span>{sessions.started(<Ago of={startedAt} />)}</span>
          <span>{sessions.seen(<Ago of={lastSeenAt} />)}</span>
          {place === undefined ? null : (
            <span>
              <Name text={place} />
            </span>
          )}
          {address === undefined ? null : <span>{sessions.address(<Name text={address} />)}</span>}
        </p>
        {applications.length === 0 ? null : (
          <p class="soft small facts">
            <span>{sessions.usedFor}</span>
            {applications.map((name) => (
              <span key={name}>
                <Name text={name} longest={40} />
              </span>
            ))}
          </p>
        )}
      </div>
      {current ? null : <EndButton session={props.session} form={props.form} name={name} />}
    </section>
  );
}

function EndButton(props: {
  readonly session: SignedInBrowser;
  readonly form: FormTarget;
  readonly name: string;
}): VNode {
  const { sessions } = usePageContext().messages;
  return (
    <Form to={props.form}>
      <input type="hidden" name="id" value={props.session.id} />
      <Button name="action" value="end">
        {sessions.end} <span class="hidden">{sessions.of(props.name)}</span>
      </Button>
    </Form>
  );
}
