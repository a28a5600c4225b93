import { isDeepStrictEqual } from 'node:util';
import type { Directory, DirectoryChoices } from '#authentication/index.js';
import type { FieldProblem } from '#platform/http/index.js';

/** A password is sent to no other place than the one it was given for. */
export function directoryPasswordProblems(
  read: Directory,
  { urls, ca, startTls }: DirectoryChoices,
  password: string | null | undefined,
): FieldProblem[] {
  const moves = !isDeepStrictEqual([urls, ca, startTls], [read.urls, read.ca, read.startTls]);
  if (!moves || !read.hasBindPassword || password !== undefined) return [];
  return [{ pointer: '#/bind_password', detail: 'must be given again for another server, or another way to trust it' }];
}
