import type { ComponentChild, VNode } from 'preact';
import { usePageContext } from '../../page-context.js';
import type { OpenApiSchema } from './open-api.js';

/** A text of the document: paragraphs, with `code` in back-ticks; no other mark-up means anything. */
export function Prose({ text }: { readonly text: string | undefined }): VNode | null {
  const paragraphs = (text ?? '').split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs.length === 0 ? null : (
    <>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>
          {paragraph.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
        </p>
      ))}
    </>
  );
}

/** A schema of the document by its name, with its members. */
export function SchemaSection(props: { readonly name: string; readonly schema: OpenApiSchema }): VNode {
  return (
    <details class="operation" id={`schema-${props.name}`}>
      <summary>
        <code>{props.name}</code> <span class="soft">{props.schema.title}</span>
      </summary>
      <div class="inside">
        <Prose text={props.schema.description} />
        <Members schema={props.schema} />
      </div>
    </details>
  );
}

/** The members of a schema that is an object; its type otherwise. */
export function Members({ schema }: { readonly schema: OpenApiSchema }): VNode {
  const parts = [schema, ...(schema.allOf ?? [])];
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  const members = parts.flatMap((part) => Object.entries(part.properties ?? {}));
  return members.length === 0 ? (
    <p class="small">
      <TypeOf schema={schema} />
    </p>
  ) : (
    <dl class="entries">
      {members.map(([member, memberSchema]) => (
        <Entry key={member} name={member} schema={memberSchema} required={required.has(member)} />
      ))}
    </dl>
  );
}

/** A parameter or a member: its name, its type, what it means. */
export function Entry(props: {
  readonly name: string;
  readonly schema: OpenApiSchema;
  readonly required: boolean;
  /** For a parameter: in the path, the query, a header. */
  readonly where?: string;
}): VNode {
  const { apiDocs } = usePageContext().messages;
  const { schema } = props;
  const remarks = [
    props.where,
    schema.readOnly === true && apiDocs.readOnly,
    schema.writeOnly === true && apiDocs.writeOnly,
    schema.deprecated === true && apiDocs.deprecated,
  ];
  return (
    <div>
      <dt>
        <code>{props.name}</code>
        {props.required ? <span class="tag">{apiDocs.required}</span> : null}
        {remarks.map((remark) => (typeof remark === 'string' ? <span class="tag quiet">{remark}</span> : null))}
      </dt>
      <dd>
        <p class="small soft">
          <TypeOf schema={schema} />
        </p>
        <Prose text={schema.description} />
        <Values schema={schema} />
      </dd>
    </div>
  );
}

function Values({ schema }: { readonly schema: OpenApiSchema }): VNode | null {
  const { apiDocs } = usePageContext().messages;
  const allowed = schema.enum ?? schema.items?.enum ?? [];
  const example = schema.example ?? schema.examples?.[0];
  const facts: [string, readonly unknown[]][] = [
    [apiDocs.oneOf, allowed],
    [apiDocs.byDefault, schema.default === undefined ? [] : [schema.default]],
    [apiDocs.example, example === undefined ? [] : [example]],
  ];
  return (
    <>
      {facts.map(([label, values]) =>
        values.length === 0 ? null : (
          <p key={label} class="small">
            {label}{' '}
            {values.map((value) => (
              <>
                <code>{JSON.stringify(value)}</code>{' '}
              </>
            ))}
          </p>
        ),
      )}
    </>
  );
}

/** The type of a schema in words, named schemas as links. */
export function TypeOf({ schema }: { readonly schema: OpenApiSchema }): VNode {
  const { apiDocs } = usePageContext().messages;
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) {
    return <a href={`#schema-${name}`}>{name}</a>;
  }
  if (schema.items !== undefined) {
    return <>{apiDocs.listOf(<TypeOf schema={schema.items} />)}</>;
  }
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  return choices === undefined ? (
    <>{plainType(schema, apiDocs.anything, apiDocs.nullable)}</>
  ) : (
    <>{choices.map((choice, index): ComponentChild => [index === 0 ? '' : ' | ', <TypeOf schema={choice} />])}</>
  );
}

function plainType(schema: OpenApiSchema, anything: string, nullable: string): string {
  const types = [schema.type ?? (schema.properties === undefined ? anything : 'object')].flat();
  if (types.length === 1 && types[0] === 'null') {
    return 'null';
  }
  const named = types.filter((type) => type !== 'null').join(' | ');
  const format = schema.format === undefined ? '' : ` (${schema.format})`;
  const limits = [bound(schema.minLength ?? schema.minimum, '≥'), bound(schema.maxLength ?? schema.maximum, '≤')];
  return [named + format, ...limits, types.includes('null') ? nullable : ''].filter((text) => text !== '').join(' ');
}

function bound(value: number | undefined, sign: string): string {
  return value === undefined ? '' : `${sign} ${String(value)}`;
}
