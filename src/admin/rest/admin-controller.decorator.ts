import { applyDecorators, Controller, UseFilters, UseGuards } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ProblemDetailsFilter } from '#platform/http/index.js';
import { AccessTokenGuard, ApiTokenErrorFilter, RequireScope } from '#protocol/index.js';
import type { MessageClass } from './member.decorators.js';

/** Where the admin API begins. */
export const API_PATH = '/api/v1';

/** What is said about an operation in the OpenAPI document; the rest follows from the route. */
export interface OperationFacts {
  readonly summary: string;
  /** The status of success. */
  readonly status: 200 | 201 | 204;
  /** The class of the body to send. */
  readonly body?: MessageClass;
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
  /** True when the answer may be that a name is taken or a record cannot be changed. */
  readonly conflicts?: true;
}

/** Describes an operation for the OpenAPI document. */
export const OperationOf = Reflector.createDecorator<OperationFacts>();

/** A controller of the admin API: for bearers of our own access tokens, with problem details (RFC 9457). */
export function AdminController(path: string): ClassDecorator {
  return applyDecorators(
    Controller(`${API_PATH}/${path}`),
    UseGuards(AccessTokenGuard),
    UseFilters(ProblemDetailsFilter, ApiTokenErrorFilter),
  );
}

/** An operation of the admin API: the scope it needs and what the OpenAPI document says of it. */
export function Operation(scope: string, facts: OperationFacts): MethodDecorator {
  return applyDecorators(RequireScope(scope), OperationOf(facts));
}
