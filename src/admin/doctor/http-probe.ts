import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { trustedCertificates } from '#platform/config/index.js';

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** When the certificate of an https answer ends. */
  readonly certificateEnds?: Date;
}

/** Asks a server, from outside, exactly what it is told to ask. */
export interface HttpProbe {
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer>;
  post(url: string, form: URLSearchParams, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer>;
}

const LONGEST_WAIT_MILLISECONDS = 10_000;
const MOST_BYTES = 1024 * 1024;

/** The network: no redirect is followed, nothing is cached, and only known certificates are trusted. */
export class NetworkProbe implements HttpProbe {
  private readonly trust: { ca?: string[] };

  /** `caFile` has certificates to trust besides the usual ones. */
  constructor(caFile: string | undefined) {
    const ca = trustedCertificates({ caFile });
    this.trust = ca === undefined ? {} : { ca };
  }

  get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    return this.send(url, { method: 'GET', headers });
  }

  post(url: string, form: URLSearchParams, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    const body = form.toString();
    const own = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) };
    return this.send(url, { method: 'POST', headers: { ...headers, ...own } }, body);
  }

  private async send(url: string, options: RequestOptions, body?: string): Promise<HttpAnswer> {
    const target = new URL(url);
    const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const signal = AbortSignal.timeout(LONGEST_WAIT_MILLISECONDS);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = open(target, { ...options, ...this.trust, agent: false, signal }, resolve);
      request.on('error', reject);
      request.end(body);
    });
    const certificateEnds = certificateEnd(answer);
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      body: await textOf(answer),
      ...(certificateEnds === undefined ? {} : { certificateEnds }),
    };
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new Error('the answer is far too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function certificateEnd({ socket }: IncomingMessage): Date | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const { valid_to: end } = socket.getPeerCertificate();
  return typeof end === 'string' && !Number.isNaN(Date.parse(end)) ? new Date(end) : undefined;
}
