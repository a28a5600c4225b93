import type { ComponentChildren, VNode } from 'preact';
import { CardLayout } from '../../layout/card.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';

/** Plain data of the page after set-up. */
export interface NextStepsModel {
  readonly issuer: string;
  readonly discoveryUrl: string;
  readonly docsUrl: string;
  readonly accountUrl: string;
}

/** The page that tells a new administrator what to do first. */
export const NextStepsPage: Page<NextStepsModel> = {
  title: (_, { nextSteps }, companyName) => nextSteps.title(companyName),
  Body: ({ model }) => {
    const { messages, companyName } = usePageContext();
    const words = messages.nextSteps;
    return (
      <CardLayout wide>
        <div class="heading start">
          <h1>{words.title(companyName)}</h1>
          <p class="soft">{words.intro}</p>
        </div>
        <ol class="steps">
          <Step title={words.connect} text={words.connectText}>
            <Addresses model={model} />
          </Step>
          <Step title={words.register} text={words.registerText} command="npm run gatehouse -- client create --help" />
          <Step title={words.people} text={words.peopleText} command="npm run gatehouse -- user create --help" />
          <Step title={words.check} text={words.checkText} command="npm run gatehouse -- doctor" />
        </ol>
        <div class="actions stacked">
          <a class="button primary" href={model.accountUrl}>
            {words.account}
          </a>
          <a class="button" href={model.docsUrl}>
            {words.docs}
          </a>
        </div>
      </CardLayout>
    );
  },
};

function Step(props: {
  readonly title: string;
  readonly text: string;
  readonly command?: string;
  readonly children?: ComponentChildren;
}): VNode {
  return (
    <li>
      <h2>{props.title}</h2>
      <p class="soft">{props.text}</p>
      {props.command === undefined ? null : (
        <p class="command">
          <code translate={false}>{props.command}</code>
        </p>
      )}
      {props.children}
    </li>
  );
}

function Addresses({ model }: { readonly model: NextStepsModel }): VNode {
  const words = usePageContext().messages.nextSteps;
  return (
    <dl class="technical">
      <div>
        <dt>{words.issuer}</dt>
        <dd>
          <code id="issuer">{model.issuer}</code>
        </dd>
      </div>
      <div>
        <dt>{words.discovery}</dt>
        <dd>
          <a href={model.discoveryUrl}>{model.discoveryUrl}</a>
        </dd>
      </div>
    </dl>
  );
}
