const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

/** A schema of an OpenAPI 3.1 document, as far as the page shows it. */
export interface OpenApiSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly title?: string;
  readonly description?: string | undefined;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly items?: OpenApiSchema;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly OpenApiSchema[];
  readonly anyOf?: readonly OpenApiSchema[];
  readonly oneOf?: readonly OpenApiSchema[];
  readonly additionalProperties?: boolean | OpenApiSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecated?: boolean;
}

/** A body of one media type or more. */
export interface OpenApiContent {
  readonly description?: string;
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, { readonly schema?: OpenApiSchema; readonly example?: unknown }>>;
}

/** A parameter of an operation. */
export interface OpenApiParameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly schema?: OpenApiSchema;
}

/** One method of one path. */
export interface OpenApiOperation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: OpenApiContent;
  readonly responses?: Readonly<Record<string, OpenApiContent>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

/** What a path offers: one operation for each method, and the parameters that all of them share. */
export type OpenApiPathItem = Readonly<Partial<Record<(typeof METHODS)[number], OpenApiOperation>>> & {
  readonly parameters?: readonly OpenApiParameter[];
};

/** An OpenAPI 3.1 document, parsed, as far as the page shows it; anything else in it is ignored. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers?: readonly { readonly url: string; readonly description?: string }[];
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, OpenApiPathItem>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, OpenApiSchema>> };
}

/** An operation with the method and path it stands under. */
export interface ListedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/** Operations that belong together by their first tag. */
export interface OperationGroup {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly operations: readonly ListedOperation[];
}

/** The operations of a document by first tag: declared tags in their order, then the others as they come. */
export function operationGroups(document: OpenApiDocument): OperationGroup[] {
  const listed = Object.entries(document.paths).flatMap(([path, item]) => operationsOf(path, item));
  const declared = (document.tags ?? []).map(({ name }) => name);
  const names = new Set<string | undefined>([...declared, ...listed.map(({ operation }) => operation.tags?.[0])]);
  return [...names]
    .map((name) => ({
      name,
      description: document.tags?.find((tag) => tag.name === name)?.description,
      operations: listed.filter(({ operation }) => operation.tags?.[0] === name),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function operationsOf(path: string, item: OpenApiPathItem): ListedOperation[] {
  return METHODS.flatMap((method) => {
    const operation = item[method];
    const parameters = [...(item.parameters ?? []), ...(operation?.parameters ?? [])];
    return operation === undefined ? [] : [{ method, path, operation: { ...operation, parameters } }];
  });
}
