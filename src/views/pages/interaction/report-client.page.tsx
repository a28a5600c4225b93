import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { ClientBadge } from '../../components/client-badge.js';
import { Form } from '../../components/form.js';
import { Name } from '../../components/name.js';
import { FormError, Notice } from '../../components/notice.js';
import { CardLayout } from '../../layout/card.js';
import type { ClientCard, FormTarget } from '../../models.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { plainText } from '../../text.js';

/** Why an application is told of. */
export type ReportReasonWord = 'impersonation' | 'excessive' | 'unexpected' | 'other';

/** Plain data of the page; posts `reason`, `words` and `csrf`. */
export interface ReportClientModel extends FormTarget {
  /** Whether the form is shown, or that it has arrived. */
  readonly step: 'ask' | 'done';
  readonly client: ClientCard;
  readonly reasons: readonly ReportReasonWord[];
  /** What was written already, when the form comes back. */
  readonly words?: string | undefined;
  readonly mostWords: number;
  /** Back to the decision. */
  readonly backUrl: string;
  readonly error?: { readonly kind: 'missing' } | undefined;
}

/** The page where a user tells the company about an application. */
export const ReportClientPage: Page<ReportClientModel> = {
  title: ({ client }, { report }) => report.titleOf(plainText(client.name, 60)),
  Body: ({ model }) => {
    const { messages } = usePageContext();
    return (
      <CardLayout>
        <div class="client-heading">
          <ClientBadge client={model.client} />
          <div class="grow">
            <h1>{messages.report.heading(<Name text={model.client.host ?? model.client.name} />)}</h1>
          </div>
        </div>
        {model.step === 'done' ? <Told /> : <Ask model={model} />}
        <p class="links">
          <a id="back" href={model.backUrl}>
            {messages.report.back}
          </a>
        </p>
      </CardLayout>
    );
  },
};

function Told(): VNode {
  const { messages, companyName } = usePageContext();
  return (
    <Notice kind="done">
      <p id="told">{messages.report.done(companyName)}</p>
    </Notice>
  );
}

function Ask({ model }: { readonly model: ReportClientModel }): VNode {
  const { messages, companyName } = usePageContext();
  const { report } = messages;
  return (
    <>
      {model.error && (
        <FormError>
          <p>{report[model.error.kind]}</p>
        </FormError>
      )}
      <p>{report.effect(companyName)}</p>
      <Form to={model}>
        <fieldset class="durations">
          <legend>{report.why}</legend>
          <div class="options">
            {model.reasons.map((reason) => (
              <label key={reason} class="option">
                <input type="radio" name="reason" value={reason} required />
                <span>{report[reason]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="field">
          <label for="words">{report.words}</label>
          <textarea id="words" name="words" rows={3} maxLength={model.mostWords}>
            {model.words}
          </textarea>
        </div>
        <div class="actions">
          <Button id="report" primary>
            {report.send}
          </Button>
        </div>
      </Form>
    </>
  );
}
