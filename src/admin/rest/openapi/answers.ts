import type { JsonSchema, MessageClass } from '../member.decorators.js';
import type { OperationFacts } from '../operation.js';
import { dryRunAnswer } from '../requests/dry-run.js';
import { ChangeRequestAnswer } from '../dto/change-request.dto.js';
import { exampleOf } from './examples.js';
import { fileContent } from './file-content.js';
import { CORRELATION, header } from './headers.js';
import type { MessageSchemas } from './message-schema.js';

/** What of a route decides how it answers. */
export interface AnsweringRoute {
  readonly method: string;
  readonly facts: OperationFacts;
  /** Whether a GET of the same address answers one record. */
  readonly here: boolean;
  /** What a GET answers of the record that the answer bears. */
  readonly borne: MessageClass | undefined;
}

interface Alternative {
  readonly schema: JsonSchema;
  readonly example: unknown;
}

/** The answers of success of an operation, and those of its dry run. */
export function answersOf(route: AnsweringRoute, schemas: MessageSchemas): Record<string, object> {
  const { method, facts, here, borne } = route;
  if (facts.downloads !== undefined) return { 200: download(facts.downloads) };
  const done = { [facts.status]: response(DESCRIPTIONS[facts.status], headersOf(route), usual(facts, schemas)) };
  if (method === 'get' || facts.reads === true)
    return here ? { ...done, 304: response(DESCRIPTIONS[304], { ETag }, []) } : done;
  const rehearsed = dryRun(route, schemas);
  // Only the parameter tells the two apart, so one answer has them both.
  const both = facts.status === 200 ? [...usual(facts, schemas), ...rehearsed] : rehearsed;
  const headers = facts.status === 200 && borne !== undefined ? { ETag } : {};
  return {
    ...done,
    ...waiting(facts, schemas),
    200: response(DESCRIPTIONS[facts.status === 200 ? 200 : 'dryRun'], headers, both),
  };
}

/** The answer that somebody else must approve it first. */
function waiting({ approval }: OperationFacts, schemas: MessageSchemas): Record<string, object> {
  if (approval === undefined) return {};
  const example = exampleOf(ChangeRequestAnswer);
  const alternative = { schema: schemas.message(ChangeRequestAnswer), example };
  return { 202: response(DESCRIPTIONS[202], { Location: LOCATION }, [alternative]) };
}

const DESCRIPTIONS = {
  200: 'Done.',
  201: 'Made.',
  202: 'It waits until a second person approves it, where the company wants two (`four_eyes`).',
  204: 'Gone.',
  304: 'It is still as If-None-Match says.',
  dryRun: 'What the write would do, with dry_run.',
} as const;

const ETag = header('The tag of this version, for If-Match and If-None-Match.', { required: true });

const LOCATION = { description: 'Where it can be read.', required: true, schema: { type: 'string', format: 'uri' } };

function headersOf({ facts, borne }: AnsweringRoute): object {
  const tagged = borne !== undefined && facts.answer !== undefined;
  return { ...(facts.status === 201 && { Location: LOCATION }), ...(tagged && { ETag }) };
}

function response(description: string, headers: object, alternatives: readonly Alternative[]): object {
  const [first, ...others] = alternatives;
  if (first === undefined) return { description, headers: { ...headers, ...CORRELATION } };
  const schema = others.length === 0 ? first.schema : { anyOf: alternatives.map((one) => one.schema) };
  const content = { 'application/json': { schema, example: first.example } };
  return { description, headers: { ...headers, ...CORRELATION }, content };
}

function download(types: readonly string[]): object {
  const content = Object.fromEntries(types.map((type) => [type, fileContent(type)]));
  return { description: DESCRIPTIONS[200], headers: CORRELATION, content };
}

function usual({ answer, items }: OperationFacts, schemas: MessageSchemas): Alternative[] {
  if (items !== undefined) {
    return [{ schema: schemas.page(items), example: { items: [exampleOf(items)], next_cursor: null } }];
  }
  return answer === undefined ? [] : [{ schema: schemas.message(answer), example: exampleOf(answer) }];
}

function dryRun({ method, facts, borne }: AnsweringRoute, schemas: MessageSchemas): Alternative[] {
  const would = facts.status === 201 ? 'create' : 'update';
  if (method === 'delete') {
    return [
      { schema: schemas.dryRunOfDeletion(), example: { dry_run: true, would: 'delete', changes: [{ pointer: '#' }] } },
    ];
  }
  const { answer, body } = facts;
  if (answer === undefined) return [];
  const schema = borne === undefined ? schemas.dryRunOfAction(answer) : schemas.dryRun(borne, would);
  const after = exampleOf(answer);
  const rehearsal = { would, body: body && exampleOf(body), before: undefined, after, type: borne } as const;
  return [{ schema, example: dryRunAnswer(rehearsal) }];
}
