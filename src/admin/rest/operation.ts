import { Reflector } from '@nestjs/core';
import type { ChangeKind } from '../changes/change-request.js';
import type { MessageClass } from './member.decorators.js';
import type { QueryMembers } from './query-members.js';

/** Any controller of the admin API. */
export type ControllerClass = new (...dependencies: never[]) => object;

/** What is said about an operation in the OpenAPI document; the rest follows from the route. */
export interface OperationFacts {
  readonly summary: string;
  /** The status of success. */
  readonly status: 200 | 201 | 204;
  /** The class of the body to send. */
  readonly body?: MessageClass;
  /** Media types in which the same may be sent as text. */
  readonly alsoSends?: readonly string[];
  /** Media types of an answer that is a file. */
  readonly downloads?: readonly string[];
  /** True for a body that may be left out. */
  readonly bodyOptional?: true;
  /** True for a merge patch of the class in `body`. */
  readonly patch?: true;
  /** The class of the answer. */
  readonly answer?: MessageClass;
  /** The class of what a list has. */
  readonly items?: MessageClass;
  /** The parameters that narrow a list. */
  readonly filters?: readonly string[];
  /** True when something is sent outside at once, which nothing can take back: no dry run of it, no Idempotency-Key. */
  readonly sends?: true;
  /** True for a POST that asks and writes nothing, so that there is nothing to rehearse. */
  readonly reads?: true;
  /** True for what people do only with a fresh second factor (RFC 9470). */
  readonly sensitive?: true;
  /** The parameters of a query that narrows no list. */
  readonly query?: QueryMembers;
  /** True for what may be refused for its faults although nothing is sent. */
  readonly faults?: true;
  /** The controller and its handler that answer what the operation changes, where no GET of the same address does. */
  readonly actsOn?: () => readonly [controller: ControllerClass, handler: string];
  /** What waits for a second person where the company wants it so; the answer is then that it waits. */
  readonly approval?: ChangeKind;
  /** True when the answer may be that a name is taken or a record cannot be changed. */
  readonly conflicts?: true;
}

/** Describes an operation for the OpenAPI document. */
export const OperationOf = Reflector.createDecorator<OperationFacts>();

/** Whether an answer bears what a GET answers: all of it, or all of it and a secret that is shown once. */
export function bears(answer: MessageClass | undefined, type: MessageClass | undefined): boolean {
  return answer !== undefined && type !== undefined && (answer === type || answer.prototype instanceof type);
}
