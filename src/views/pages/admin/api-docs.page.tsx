import type { VNode } from 'preact';
import { Brand } from '../../layout/brand.js';
import { usePageContext } from '../../page-context.js';
import type { Page } from '../../page.js';
import { Operation } from './api-operation.js';
import { Prose, SchemaSection } from './api-schema.js';
import { type OpenApiDocument, operationGroups, type OperationGroup } from './open-api.js';

/** Plain data of the API documentation. */
export interface ApiDocsModel {
  readonly document: OpenApiDocument;
  /** Where the JSON itself is. */
  readonly documentUrl?: string | undefined;
}

/** The readable form of the admin API's OpenAPI document. */
export const ApiDocsPage: Page<ApiDocsModel> = {
  title: ({ document }) => document.info.title,
  Body: ({ model }) => {
    const { apiDocs, common } = usePageContext().messages;
    const groups = operationGroups(model.document);
    const schemas = Object.entries(model.document.components?.schemas ?? {});
    return (
      <>
        <a class="skip" href="#content">
          {common.skip}
        </a>
        <div class="page account docs">
          <header class="top">
            <Brand />
          </header>
          <main id="content" tabIndex={-1}>
            <Introduction model={model} />
            {groups.length === 0 ? <p class="card empty soft">{apiDocs.empty}</p> : null}
            <Contents groups={groups} withSchemas={schemas.length > 0} />
            {groups.map((group) => (
              <Group key={group.name} group={group} />
            ))}
            {schemas.length === 0 ? null : <h2 id="schemas">{apiDocs.schemas}</h2>}
            {schemas.map(([name, schema]) => (
              <SchemaSection key={name} name={name} schema={schema} />
            ))}
          </main>
        </div>
      </>
    );
  },
};

function Introduction({ model }: { readonly model: ApiDocsModel }): VNode {
  const { apiDocs } = usePageContext().messages;
  const { info, servers = [] } = model.document;
  return (
    <>
      <h1>{info.title}</h1>
      <p class="soft small facts">
        <span>{apiDocs.version(info.version)}</span>
        {servers.map(({ url }) => (
          <span key={url}>
            {apiDocs.server} <code>{url}</code>
          </span>
        ))}
        {model.documentUrl === undefined ? null : <a href={model.documentUrl}>{apiDocs.json}</a>}
      </p>
      <Prose text={info.description} />
    </>
  );
}

function Contents(props: { readonly groups: readonly OperationGroup[]; readonly withSchemas: boolean }): VNode {
  const { apiDocs } = usePageContext().messages;
  return (
    <nav class="contents" aria-label={apiDocs.contents}>
      {props.groups.map(({ name }) => (
        <a key={name} href={`#${groupId(name)}`}>
          {name ?? apiDocs.other}
        </a>
      ))}
      {props.withSchemas ? <a href="#schemas">{apiDocs.schemas}</a> : null}
    </nav>
  );
}

function Group({ group }: { readonly group: OperationGroup }): VNode {
  const { apiDocs } = usePageContext().messages;
  return (
    <section class="operations">
      <h2 id={groupId(group.name)}>{group.name ?? apiDocs.other}</h2>
      <Prose text={group.description} />
      {group.operations.map((listed) => (
        <Operation key={`${listed.method} ${listed.path}`} listed={listed} />
      ))}
    </section>
  );
}

function groupId(name: string | undefined): string {
  return `group-${(name ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}
