import { Pool } from 'undici';

/** Requests to one origin over a fixed number of kept-alive connections; nothing is followed, cached or retried. */
export class Http {
  constructor(origin, connections) {
    this.origin = origin;
    this.pool = new Pool(origin, { connections, pipelining: 1 });
  }

  /** Sends a request and reads the whole answer. */
  async send(method, url, { headers, form } = {}) {
    const path = url.startsWith('/') ? url : url.slice(this.origin.length);
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const answer = await this.pool.request({
      method,
      path,
      body,
      headers: form === undefined ? headers : { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }

  close() {
    return this.pool.close();
  }
}

/** Fails when an answer is not what it must be: a fast wrong answer is an error. */
export function must(condition, what, answer) {
  if (condition) return;
  const shown =
    answer === undefined ? '' : `: ${answer.status} ${answer.headers.location ?? ''} ${answer.text.slice(0, 300)}`;
  throw new Error(`${what}${shown}`);
}

/** The JSON of a successful answer. */
export function json(answer) {
  must(answer.status === 200, 'expected 200', answer);
  return JSON.parse(answer.text);
}
