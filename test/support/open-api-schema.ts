/** JSON Schemas of the parts of an OpenAPI 3.1 document that this service uses; what is not here is not allowed. */
const text = { type: 'string', minLength: 1 };
const ref = (name: string): object => ({ $ref: `#/$defs/${name}` });
const mapOf = (values: object, keys: object = {}): object => ({
  type: 'object',
  propertyNames: keys,
  additionalProperties: values,
});
const object = (properties: Readonly<Record<string, object>>, required: readonly string[]): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const scopes = mapOf({ type: 'string' }, { pattern: '^[!-~]+$' });
const url = { type: 'string', format: 'uri' };

/** What a document must look like (OpenAPI 3.1.0 §4.8). */
export const OPEN_API_SCHEMA = {
  $id: 'https://admin.example/open-api-3.1',
  ...object(
    {
      openapi: { type: 'string', pattern: '^3\\.1\\.\\d+$' },
      info: object({ title: text, version: text, description: text, summary: text }, ['title', 'version']),
      jsonSchemaDialect: url,
      servers: { type: 'array', minItems: 1, items: object({ url, description: text }, ['url']) },
      tags: { type: 'array', uniqueItems: true, items: object({ name: text, description: text }, ['name']) },
      paths: mapOf(ref('pathItem'), { pattern: '^/' }),
      components: object(
        {
          schemas: mapOf({ $ref: 'https://json-schema.org/draft/2020-12/schema' }, { pattern: '^[A-Za-z0-9._-]+$' }),
          responses: mapOf(ref('response')),
          securitySchemes: mapOf(ref('securityScheme')),
        },
        [],
      ),
      security: { type: 'array', items: mapOf({ type: 'array', items: text }) },
    },
    ['openapi', 'info', 'paths'],
  ),
  $defs: {
    pathItem: object(
      {
        parameters: { type: 'array', items: ref('parameter') },
        ...Object.fromEntries(['get', 'post', 'patch', 'put', 'delete'].map((method) => [method, ref('operation')])),
      },
      [],
    ),
    operation: object(
      {
        operationId: text,
        summary: text,
        description: text,
        tags: { type: 'array', items: text },
        security: { type: 'array', items: mapOf({ type: 'array', items: text }) },
        parameters: { type: 'array', items: ref('parameter') },
        requestBody: object({ required: { type: 'boolean' }, description: text, content: ref('content') }, ['content']),
        responses: { ...mapOf(ref('response'), { pattern: '^([1-5]\\d\\d|default)$' }), minProperties: 1 },
      },
      ['responses'],
    ),
    parameter: {
      ...object(
        {
          name: text,
          in: { enum: ['path', 'query', 'header', 'cookie'] },
          required: { type: 'boolean' },
          description: text,
          schema: { $ref: 'https://json-schema.org/draft/2020-12/schema' },
        },
        ['name', 'in', 'schema'],
      ),
      if: { properties: { in: { const: 'path' } } },
      then: { properties: { required: { const: true } }, required: ['required'] },
    },
    response: {
      anyOf: [
        object({ $ref: { type: 'string', pattern: '^#/components/responses/' } }, ['$ref']),
        object(
          {
            description: text,
            headers: mapOf(
              object(
                {
                  description: text,
                  required: { type: 'boolean' },
                  schema: { $ref: 'https://json-schema.org/draft/2020-12/schema' },
                },
                ['schema'],
              ),
            ),
            content: ref('content'),
          },
          ['description'],
        ),
      ],
    },
    content: {
      ...mapOf(object({ schema: { $ref: 'https://json-schema.org/draft/2020-12/schema' }, example: {} }, ['schema']), {
        pattern: '/',
      }),
      minProperties: 1,
    },
    securityScheme: object(
      {
        type: { enum: ['oauth2', 'http', 'openIdConnect'] },
        description: text,
        flows: object(
          {
            clientCredentials: object({ tokenUrl: url, scopes }, ['tokenUrl', 'scopes']),
            authorizationCode: object({ authorizationUrl: url, tokenUrl: url, refreshUrl: url, scopes }, [
              'authorizationUrl',
              'tokenUrl',
              'scopes',
            ]),
          },
          [],
        ),
        openIdConnectUrl: url,
        scheme: text,
      },
      ['type'],
    ),
  },
} as const;
