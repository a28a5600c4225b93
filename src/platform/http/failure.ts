import { HttpException } from '@nestjs/common';
import { isUnavailable } from '#platform/database/index.js';
import { ProblemDetails, type ProblemFacts } from './problem-details.js';

const TOO_LONG = 414;

/** What whoever asked may know about any error that nobody else answered. */
export function failureFacts(error: unknown): ProblemFacts {
  if (error instanceof ProblemDetails) return error.facts;
  if (isUnavailable(error)) return { status: 503, headers: { 'retry-after': '1' } };
  if (isBusy(error)) return { status: 503, headers: { 'retry-after': String(Math.ceil(error.retryAfterSeconds)) } };
  const status = statusOf(error);
  if (status === undefined || status < 400 || status >= 500) return { status: status === 503 ? 503 : 500 };
  return { status, ...detailOf(error, status) };
}

function isBusy(error: unknown): error is { retryAfterSeconds: number } {
  return error instanceof Error && 'retryAfterSeconds' in error && typeof error.retryAfterSeconds === 'number';
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const carries = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
  return carries ? (error.statusCode as number) : undefined;
}

// Texts of the framework stay out, save those that say what to change.
const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  404: 'Nothing is at this address.',
  405: 'This address does not know this method; the Allow header lists those it knows.',
  413: 'The body is larger than this address accepts.',
  [TOO_LONG]: 'The address is longer than 16 KiB.',
  415: 'This address does not accept this media type.',
  431: 'The headers are larger than 32 KiB.',
};

function detailOf(error: unknown, status: number): { detail?: string } {
  const own = error instanceof HttpException && error.cause === undefined && status === 400 ? error.message : undefined;
  const detail = own ?? DETAILS[status];
  return detail === undefined ? {} : { detail };
}
