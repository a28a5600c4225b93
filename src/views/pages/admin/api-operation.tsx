import type { VNode } from 'preact';
import { usePageContext } from '../../page-context.js';
import { Entry, Members, Prose } from './api-schema.js';
import type { ListedOperation, OpenApiContent, OpenApiOperation } from './open-api.js';

/** One operation, folded: its line says what it does, its inside how. */
export function Operation({ listed }: { readonly listed: ListedOperation }): VNode {
  const { apiDocs } = usePageContext().messages;
  const { method, path, operation } = listed;
  return (
    <details class="operation" id={operation.operationId}>
      <summary>
        <span class={`method ${method}`}>{method.toUpperCase()}</span> <code>{path}</code>{' '}
        <span class="soft">{operation.summary}</span>
        {operation.deprecated === true ? <span class="tag quiet">{apiDocs.deprecated}</span> : null}
      </summary>
      <div class="inside">
        <Prose text={operation.description} />
        <Scopes operation={operation} />
        <Parameters operation={operation} />
        {operation.requestBody === undefined ? null : (
          <>
            <h3>{apiDocs.body}</h3>
            <Content content={operation.requestBody} />
          </>
        )}
        <Answers operation={operation} />
      </div>
    </details>
  );
}

function Scopes({ operation }: { readonly operation: OpenApiOperation }): VNode | null {
  const { apiDocs } = usePageContext().messages;
  if (operation.security === undefined) {
    return null;
  }
  const scopes = operation.security.flatMap((requirement) => Object.values(requirement).flat());
  return scopes.length === 0 ? (
    <p>{apiDocs.noToken}</p>
  ) : (
    <p>
      {apiDocs.scope}{' '}
      {scopes.map((scope) => (
        <>
          <code key={scope}>{scope}</code>{' '}
        </>
      ))}
    </p>
  );
}

function Parameters({ operation }: { readonly operation: OpenApiOperation }): VNode | null {
  const { apiDocs } = usePageContext().messages;
  const { parameters = [] } = operation;
  return parameters.length === 0 ? null : (
    <>
      <h3>{apiDocs.parameters}</h3>
      <dl class="entries">
        {parameters.map((parameter) => (
          <Entry
            key={`${parameter.in} ${parameter.name}`}
            name={parameter.name}
            schema={{ description: parameter.description, ...parameter.schema }}
            where={parameter.in}
            required={parameter.required === true}
          />
        ))}
      </dl>
    </>
  );
}

function Answers({ operation }: { readonly operation: OpenApiOperation }): VNode | null {
  const { apiDocs } = usePageContext().messages;
  const answers = Object.entries(operation.responses ?? {});
  return answers.length === 0 ? null : (
    <>
      <h3>{apiDocs.answers}</h3>
      <dl class="entries">
        {answers.map(([status, answer]) => (
          <div key={status}>
            <dt>
              <code>{status}</code>
            </dt>
            <dd>
              <Prose text={answer.description} />
              <Content content={answer} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The media types of a body and what each holds. */
function Content({ content }: { readonly content: OpenApiContent }): VNode {
  const kinds = Object.entries(content.content ?? {});
  return (
    <>
      {kinds.map(([mediaType, { schema }]) => (
        <div key={mediaType}>
          <p class="small">
            <code>{mediaType}</code>
          </p>
          {schema === undefined ? null : <Members schema={schema} />}
        </div>
      ))}
    </>
  );
}
