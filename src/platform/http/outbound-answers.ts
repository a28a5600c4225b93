import type { IncomingMessage } from 'node:http';

type Head = Pick<IncomingMessage, 'statusCode' | 'headers'>;

/** Why an answer is not the document that was asked for; nothing when it is. */
export function answerProblem(answer: Head, mediaTypes: readonly string[]): string | undefined {
  const { statusCode = 0 } = answer;
  // Redirects too: they could lead anywhere.
  return statusCode === 200 ? formatProblem(answer, mediaTypes) : `the answer has status ${statusCode}`;
}

/** Why an answer, whatever it says, cannot be read as one of the media types; nothing when it can. */
export function formatProblem({ headers }: Head, mediaTypes: readonly string[]): string | undefined {
  const [mediaType = ''] = (headers['content-type'] ?? '').split(';');
  if (!mediaTypes.includes(mediaType.trim().toLowerCase())) return 'the answer is of another media type';
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' ? undefined : 'the answer is compressed';
}
