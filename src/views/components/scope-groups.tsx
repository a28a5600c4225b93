import type { ComponentChild, VNode } from 'preact';
import type { Messages } from '../messages/en.js';
import type { ScopeGroup, ScopeItem } from '../models.js';
import { usePageContext } from '../page-context.js';
import { plainText } from '../text.js';
import { Icon } from './icon.js';
import { Name } from './name.js';

/** What a client asks for, by kind; only what may be left out has a box to tick. */
export function ScopeGroups({ groups }: { readonly groups: readonly ScopeGroup[] }): VNode {
  const { messages } = usePageContext();
  return (
    <>
      {groups.map((group) => (
        <fieldset key={`${group.kind} ${group.resourceName ?? ''}`} class="scopes">
          <legend>
            <h2>{groupTitle(group, messages.consent)}</h2>
          </legend>
          {group.scopes.map((scope) => (
            <Scope key={scope.name} scope={scope} />
          ))}
        </fieldset>
      ))}
    </>
  );
}

function groupTitle({ kind, resourceName }: ScopeGroup, words: Messages['consent']): ComponentChild {
  const resource = resourceName === undefined ? undefined : <Name text={resourceName} longest={80} />;
  switch (kind) {
    case 'identity':
      return words.identity;
    case 'resource':
      return resource === undefined ? words.data : <>{words.dataIn(resource)}</>;
    case 'act':
      return resource === undefined ? words.act : <>{words.actIn(resource)}</>;
    case 'offline':
      return words.offline;
  }
}

function Scope({ scope }: { readonly scope: ScopeItem }): VNode {
  return scope.required ? (
    <div class="scope">
      <span class="mark">
        <Icon name="check" />
      </span>
      <ScopeText scope={scope} />
    </div>
  ) : (
    <label class="scope">
      <span class="mark">
        <input type="checkbox" name="scope" value={scope.name} checked={scope.ticked} />
      </span>
      <ScopeText scope={scope} />
    </label>
  );
}

function ScopeText({ scope }: { readonly scope: ScopeItem }): VNode {
  const { consent } = usePageContext().messages;
  return (
    <span class="grow">
      <span class="line">
        {scope.icon === undefined ? null : <Icon name={scope.icon} />}
        <strong>
          <Name text={scope.title} />
        </strong>{' '}
        <ShownValue scope={scope} /> {scope.sensitive === true ? <span class="tag">{consent.sensitive}</span> : null}{' '}
        {scope.required ? <span class="tag quiet">{consent.required}</span> : null}{' '}
        {scope.isChanged === true ? <span class="tag">{consent.meaningChanged}</span> : null}{' '}
        {scope.isNew ? <span class="tag">{consent.new}</span> : null}
      </span>{' '}
      {scope.description === undefined ? null : <span class="soft small">{plainText(scope.description, 400)}</span>}
    </span>
  );
}

function ShownValue({ scope }: { readonly scope: ScopeItem }): VNode | null {
  const { consent } = usePageContext().messages;
  const { value, example } = scope;
  if (value !== undefined) {
    return (
      <span class="value">
        <Name text={value} />
      </span>
    );
  }
  return example === undefined ? null : <span class="value">{consent.example(<Name text={example} />)}</span>;
}
