import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RequireScope } from '#protocol/index.js';
import { ADMIN_SCOPES } from '#resources/index.js';
import type { JsonSchema, MessageClass } from '../member.decorators.js';
import { bears, OperationOf, type ControllerClass, type OperationFacts } from '../operation.js';
import { answersOf } from './answers.js';
import { exampleOf } from './examples.js';
import { fileContent } from './file-content.js';
import { MessageSchemas } from './message-schema.js';
import { parametersOf } from './parameters.js';
import { PROBLEM_SCHEMA, problemResponses } from './problem-responses.js';

/** Where the described service is. */
export interface OpenApiFacts {
  readonly issuer: string;
  readonly version: string;
}

interface Route {
  readonly path: string;
  readonly method: string;
  readonly name: string;
  readonly tag: string;
  readonly scope: string;
  readonly facts: OperationFacts;
  /** Whether a GET of the same address answers one record. */
  readonly here: boolean;
  /** What a GET answers of the record that the answer bears. */
  readonly borne: MessageClass | undefined;
}

/** Describes controllers of the admin API as an OpenAPI 3.1 document, from what their routes and messages declare. */
export function openApiDocument(controllers: readonly ControllerClass[], { issuer, version }: OpenApiFacts) {
  const schemas = new MessageSchemas();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of controllers.flatMap(routesOf)) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse administration API',
      version,
      description: 'Clients, users, groups, APIs, scopes, consents, sessions and keys of this login service.',
    },
    servers: [{ url: issuer }],
    tags: [...new Set(controllers.flatMap(routesOf).map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...schemas.all, Problem: PROBLEM_SCHEMA },
      securitySchemes: { accessToken: securityScheme(issuer) },
    },
  };
}

function routesOf(controller: ControllerClass): Route[] {
  const base = String(Reflect.getMetadata(PATH_METADATA, controller));
  const prototype = controller.prototype as Record<string, object>;
  const routes = Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    const facts = handler && (Reflect.getMetadata(OperationOf.KEY, handler) as OperationFacts | undefined);
    if (handler === undefined || facts === undefined) return [];
    const own = String(Reflect.getMetadata(PATH_METADATA, handler));
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
    const scope = Reflect.getMetadata(RequireScope.KEY, handler) as string;
    const path = `${base}${own === '/' ? '' : `/${own}`}`.replace(/:(\w+)/g, '{$1}');
    return [{ path, method, name, tag: scope.split(':')[0] ?? '', scope, facts }];
  });
  const reads = routes.filter(({ method, facts }) => method === 'get' && facts.answer !== undefined);
  return routes.map((route) => ({
    ...route,
    here: reads.some(({ path }) => path === route.path),
    borne: [...reads.map(({ facts }) => facts.answer), answerActedOn(route.facts)].find((type) =>
      bears(route.facts.answer, type),
    ),
  }));
}

/** What a GET answers of what an operation changes, where that is at another address. */
function answerActedOn({ actsOn }: OperationFacts): MessageClass | undefined {
  if (actsOn === undefined) return undefined;
  const [controller, name] = actsOn();
  const handler = Reflect.get(controller.prototype as object, name) as object;
  return (Reflect.getMetadata(OperationOf.KEY, handler) as OperationFacts).answer;
}

function operation(route: Route, schemas: MessageSchemas): object {
  const { path, name, tag, scope, facts } = route;
  return {
    operationId: operationId(path, name),
    summary: facts.summary,
    description: `Needs the scope \`${scope}\`.`,
    tags: [tag],
    security: [{ accessToken: [scope] }],
    parameters: parametersOf(route),
    ...requestBody(facts, schemas),
    responses: { ...answersOf(route, schemas), ...problemResponses(route) },
  };
}

/** The name that a generated client has for an operation: what it is about, then what it does, nothing of it twice. */
function operationId(path: string, handler: string): string {
  const about = path.split('/').filter((part, at) => at > 2 && !part.startsWith('{'));
  const last = (about.at(-1) ?? '').replace(/s$/, '');
  const act = handler.replace(new RegExp(`${last[0]?.toUpperCase()}${last.slice(1)}$`), '');
  return [...about, ...(act === last ? [] : [act])].join('-');
}

function requestBody(
  { body, patch, bodyOptional, answer, alsoSends = [] }: OperationFacts,
  schemas: MessageSchemas,
): object {
  if (body === undefined) return {};
  const schema = patch ? schemas.patch(body, answer ?? body) : schemas.message(body);
  const types = patch ? ['application/merge-patch+json', 'application/json'] : ['application/json'];
  const content = Object.fromEntries([
    ...types.map((type) => [type, { schema, example: exampleOf(body) }]),
    ...alsoSends.map((type) => [type, fileContent(type)]),
  ]) as object;
  return { requestBody: { required: bodyOptional !== true, content } };
}

// RFC 6749 §4.4 is how scripts come by such a token, RFC 7636 how people do.
function securityScheme(issuer: string): JsonSchema {
  const scopes = Object.fromEntries(ADMIN_SCOPES.map((name) => [name, '']));
  const tokenUrl = `${issuer}/oauth2/token`;
  return {
    type: 'oauth2',
    description: `An access token of this service with the audience ${issuer}/api/v1, as Bearer (RFC 6750 §2.1).`,
    flows: {
      clientCredentials: { tokenUrl, scopes },
      authorizationCode: { authorizationUrl: `${issuer}/oauth2/authorize`, tokenUrl, scopes },
    },
  };
}
