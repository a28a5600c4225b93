import type { FastifyRequest } from 'fastify';
import { PostedForm } from './posted-form.js';

/** A form that was posted with files: its texts, and the content of each file by the name of its field. */
export interface PostedFiles {
  readonly form: PostedForm;
  readonly files: ReadonlyMap<string, Buffer>;
}

const MULTIPART = /^multipart\/form-data *;/i;
const MOST_FIELDS = 20;

/** Reads the body of a request as a form with files (RFC 7578); undefined when it is none. */
export async function postedFiles(request: Pick<FastifyRequest, 'body' | 'headers'>): Promise<PostedFiles | undefined> {
  const { body, headers } = request;
  const mediaType = headers['content-type'] ?? '';
  if (typeof body !== 'string' || !MULTIPART.test(mediaType)) return undefined;
  const posted = await formData(Buffer.from(body, 'latin1'), mediaType);
  const entries = posted === undefined ? [] : [...posted.entries()];
  if (entries.length === 0 || entries.length > MOST_FIELDS) return undefined;
  const texts: [string, string][] = [];
  const files = new Map<string, Buffer>();
  for (const [name, value] of entries) {
    if (typeof value === 'string') texts.push([name, value]);
    else files.set(name, Buffer.from(await value.arrayBuffer()));
  }
  return { form: new PostedForm(texts), files };
}

async function formData(body: Buffer, mediaType: string): Promise<FormData | undefined> {
  try {
    return await new Response(Uint8Array.from(body), { headers: { 'content-type': mediaType } }).formData();
  } catch {
    return undefined;
  }
}
