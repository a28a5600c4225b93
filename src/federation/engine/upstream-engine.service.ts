import { Injectable } from '@nestjs/common';
import type { NewFlow, UpstreamFlow } from '../flows/upstream-flow.js';
import type { ReturnedState } from '../flows/upstream-flows.service.js';
import type { ReturnRequest } from './flow-state-store.js';
import type { ProviderConnection } from './provider-connections.service.js';
import type { DepartureOptions } from './provider.strategy.js';
import { UpstreamStrategy, type UpstreamAnswer, type UpstreamOptions } from './upstream.strategy.js';

/** What came of a browser that returned with a code. */
export type EngineReturn =
  | { readonly outcome: 'answered'; readonly answer: UpstreamAnswer; readonly flow: UpstreamFlow }
  /** The state is unknown, used, too old, or of another browser or provider. */
  | { readonly outcome: 'lost' }
  | { readonly outcome: 'failed'; readonly detail: string; readonly flow: UpstreamFlow };

type Middleware = (request: object, response: object, next: (error?: unknown) => void) => void;
type Callback = (error: unknown, answer: unknown) => void;

/** Drives passport without the requests and replies of a web framework: it needs a query, and somewhere to put an address. */
@Injectable()
export class UpstreamEngine {
  constructor(private readonly strategy: UpstreamStrategy) {}

  /** The address at the provider to send the browser to. */
  depart(connection: ProviderConnection, flow: NewFlow, loginHint?: string): Promise<string> {
    const options: UpstreamOptions & DepartureOptions & { state: NewFlow } = {
      connection,
      flow,
      loginHint,
      state: flow, // handed to the state store as it is
    };
    return new Promise((resolve, reject) => {
      const redirect = new Redirect(resolve);
      this.#middleware(options, reject)({ query: {} }, redirect, reject);
    });
  }

  /** Redeems what the browser brought. */
  receive(connection: ProviderConnection, code: string, returned: ReturnedState): Promise<EngineReturn> {
    const request: ReturnRequest = { query: { code, state: returned.state }, returned };
    return new Promise((resolve, reject) => {
      const done: Callback = (error, answer) => {
        const { flow } = request;
        if (flow === undefined) {
          // Without a flow it was not the provider that failed.
          if (error === null) resolve({ outcome: 'lost' });
          else reject(asError(error));
        } else if (error === null) resolve({ outcome: 'answered', answer: answer as UpstreamAnswer, flow });
        else resolve({ outcome: 'failed', detail: detailOf(error), flow });
      };
      this.#middleware({ connection }, done)(request, {}, reject);
    });
  }

  #middleware(options: UpstreamOptions, callback: Callback): Middleware {
    const engine = this.strategy.getPassportInstance();
    return engine.authenticate('upstream', { ...options, session: false }, callback) as Middleware;
  }
}

/** As much of a reply as passport uses to redirect. */
class Redirect {
  statusCode = 200;
  private location = '';

  constructor(private readonly leave: (location: string) => void) {}

  setHeader(name: string, value: string): void {
    if (name === 'Location') this.location = value;
  }

  end(): void {
    this.leave(this.location);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the engine failed');
}

/** What the library says, and what it wraps. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the engine failed';
  const inner = 'oauthError' in error ? error.oauthError : undefined;
  return inner instanceof Error ? inner.message : error.message;
}
