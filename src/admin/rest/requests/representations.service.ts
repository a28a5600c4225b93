import { Injectable, RequestMethod, type ExecutionContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { RequireScope } from '#protocol/index.js';
import { bears, OperationOf, type ControllerClass, type OperationFacts } from '../operation.js';
import { membersOf, type MessageClass } from '../member.decorators.js';

/** What a GET of one record answers, whoever asks for it. */
export interface Representation {
  readonly type: MessageClass;
  /** The scope that the GET needs. */
  readonly scope: string;
  /** Reads it as it is now, in the transaction in progress. */
  read(): Promise<object>;
}

type Handler = (...args: unknown[]) => Promise<object>;

/** `RouteParamtypes` of Nest: the request, and a parameter of the path. */
const REQUEST = '0';
const PATH_PARAMETER = '5';

/** Finds the GET that belongs to a write, among the handlers of the same controller. */
@Injectable()
export class Representations {
  constructor(
    private readonly modules: ModuleRef,
    private readonly reflector: Reflector,
  ) {}

  /** What a GET of the very address of the request answers. */
  at(context: ExecutionContext): Representation | undefined {
    const reader = readerFor(context);
    if (reader === undefined) return undefined;
    const [controller, name] = reader;
    const handler = handlerOf(controller, name);
    const type = readBy(handler);
    if (type === undefined) return undefined;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const scope = this.reflector.get(RequireScope, handler);
    return { type, scope, read: () => this.call(controller, name, request) };
  }

  /** What a GET answers of the record that the answer of an operation bears: all of it, or all but a secret. */
  borneBy(context: ExecutionContext, { answer }: OperationFacts): MessageClass | undefined {
    const controller = context.getClass<object>();
    const other = actedOn(context);
    const types = [
      ...namesOf(controller).map((name) => readBy(handlerOf(controller, name))),
      other && readBy(handlerOf(...other)),
    ];
    return types.find((type) => bears(answer, type));
  }

  private call(controller: new (...dependencies: never[]) => object, name: string, request: FastifyRequest) {
    const instance = this.modules.get<object>(controller, { strict: false });
    // absent for a handler that takes nothing
    const facts = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as
      Record<string, RouteArgument> | undefined;
    const args: unknown[] = [];
    for (const [key, { index, data }] of Object.entries(facts ?? {})) args[index] = argument(key, data, request);
    return Promise.resolve((Reflect.get(instance, name) as Handler).apply(instance, args));
  }
}

interface RouteArgument {
  readonly index: number;
  readonly data?: unknown;
}

function argument(key: string, data: unknown, request: FastifyRequest): unknown {
  const [kind] = key.split(':');
  if (kind === REQUEST) return request;
  if (kind === PATH_PARAMETER) return (request.params as Record<string, string>)[String(data)];
  throw new Error('a GET of one record takes nothing but parameters of the path and the request');
}

/** The members of an answer that a GET of the record would answer too. */
export function representationIn(answer: object, type: MessageClass): object {
  const names = new Set(membersOf(type).map(({ name }) => name));
  return Object.fromEntries(Object.entries(answer).filter(([name]) => names.has(name)));
}

type Reader = readonly [controller: ControllerClass, handler: string];

/** The GET of what an operation changes: where it says so, else that of its very address. */
function readerFor(context: ExecutionContext): Reader | undefined {
  const path: unknown = Reflect.getMetadata(PATH_METADATA, context.getHandler());
  const controller = context.getClass<object>();
  const name = namesOf(controller).find((one) => pathOf(handlerOf(controller, one)) === path);
  return actedOn(context) ?? (name === undefined ? undefined : [controller, name]);
}

function actedOn(context: ExecutionContext): Reader | undefined {
  const facts = Reflect.getMetadata(OperationOf.KEY, context.getHandler()) as OperationFacts | undefined;
  return facts?.actsOn?.();
}

function namesOf(controller: new (...dependencies: never[]) => object): string[] {
  const prototype = controller.prototype as object;
  return Object.getOwnPropertyNames(prototype).filter((name) => readBy(handlerOf(controller, name)) !== undefined);
}

function handlerOf(controller: new (...dependencies: never[]) => object, name: string): Handler {
  return Reflect.get(controller.prototype as object, name) as Handler;
}

function pathOf(handler: Handler): unknown {
  return Reflect.getMetadata(PATH_METADATA, handler);
}

/** What a handler answers when it is the GET of one record. */
function readBy(handler: Handler): MessageClass | undefined {
  if (Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.GET) return undefined;
  return (Reflect.getMetadata(OperationOf.KEY, handler) as OperationFacts | undefined)?.answer;
}
