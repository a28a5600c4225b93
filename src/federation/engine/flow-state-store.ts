import { Injectable } from '@nestjs/common';
import type { NewFlow, UpstreamFlow } from '../flows/upstream-flow.js';
import { UpstreamFlows, type ReturnedState } from '../flows/upstream-flows.service.js';

/** What the strategy is told of the request in which a browser comes back. */
export interface ReturnRequest {
  readonly query: Readonly<Record<string, string>>;
  readonly returned: ReturnedState;
  /** What was kept when the browser left, once the state has been used up. */
  flow?: UpstreamFlow;
}

type Stored = (error: unknown, state?: string) => void;
type Verified = (error: unknown, verifier: string | false) => void;

/** Keeps the library's state in our rows: sealed, bound to the browser, used once. */
@Injectable()
export class FlowStateStore {
  constructor(private readonly flows: UpstreamFlows) {}

  /** The library counts these five parameters. */
  store(_request: unknown, verifier: string, flow: NewFlow, _meta: unknown, done: Stored): void {
    this.flows.begin(flow, verifier).then((state) => {
      done(null, state);
    }, done);
  }

  verify(request: ReturnRequest, _state: string, _meta: unknown, done: Verified): void {
    this.flows.take(request.returned).then(
      (flow) => {
        if (flow !== undefined) request.flow = flow;
        done(null, flow?.verifier ?? false);
      },
      (error: unknown) => {
        done(error, false);
      },
    );
  }
}
