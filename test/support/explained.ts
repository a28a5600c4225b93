import { AdminApi, type Json } from './admin-api.js';
import type { Answer } from './bare-client.js';
import type { TestService } from './start-service.js';
import type { Visit } from './user-agent.js';

/** What has a support code: an answer's header, which is that of the error page too. */
type Coded = Pick<Answer, 'headers'>;

/** An administrator who opens support codes. */
export class Explainer {
  #api: AdminApi | undefined;

  constructor(private readonly service: () => TestService) {}

  /** The whole explanation of a refusal. */
  async of({ headers }: Coded): Promise<Json> {
    this.#api ??= await AdminApi.of(this.service(), ['audit-events:read']);
    const { status, body, text } = await this.#api.get(`/explanations/${headers.get('x-request-id') ?? ''}`);
    if (status !== 200) throw new Error(`no explanation but ${status} ${text}`);
    return body;
  }

  /** Its words. */
  async words(coded: Coded): Promise<unknown> {
    return (await this.of(coded))['explanation'];
  }

  /** The same of a browser that was sent back to the client with an error. */
  ofRedirect(visit: Visit): Promise<unknown> {
    if (visit.answer['error'] === undefined) throw new Error(`no error but ${JSON.stringify(visit.answer)}`);
    return this.words(visit);
  }
}
