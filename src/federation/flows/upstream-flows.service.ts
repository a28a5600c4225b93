import { Injectable } from '@nestjs/common';
import { Clock, Random, SecretBox, sha256 } from '#platform/crypto/index.js';
import type { FlowGoal, NewFlow, UpstreamFlow } from './upstream-flow.js';
import { UpstreamFlowsRepository } from './upstream-flows.repository.js';

/** How long somebody may take at the provider. */
const LIFETIME_MS = 10 * 60_000;

interface Sealed {
  readonly nonce: string;
  readonly verifier: string;
  readonly goal: FlowGoal;
  readonly startedAt: number;
}

/** An answer as it comes back: by which browser, from whom, and the `state` that it bears. */
export interface ReturnedState {
  readonly state: string;
  readonly browser: string;
  readonly providerId: string;
}

/** Browsers that were sent to a provider, each taken back once (RFC 6749 §10.12, RFC 9700 §4.7). */
@Injectable()
export class UpstreamFlows {
  constructor(
    private readonly rows: UpstreamFlowsRepository,
    private readonly box: SecretBox,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /** Keeps what is needed when the browser comes back; answers the `state` by which that is found. */
  async begin({ providerId, browser, nonce, goal }: NewFlow, verifier: string): Promise<string> {
    const state = this.random.secret();
    const id = this.random.id();
    const now = this.clock.now();
    const sealed: Sealed = { nonce, verifier, goal, startedAt: now.getTime() };
    await this.rows.add({
      id,
      stateDigest: sha256(state),
      browserDigest: sha256(browser),
      providerId,
      sealed: this.box.seal(JSON.stringify(sealed), placeOf(id)),
      usedAt: null,
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
    });
    return state;
  }

  /** What was kept, for exactly one answer; undefined for any other, and nothing is used up by another browser or provider. */
  async take({ state, browser, providerId }: ReturnedState): Promise<UpstreamFlow | undefined> {
    const which = { stateDigest: sha256(state), browserDigest: sha256(browser), providerId };
    const row = await this.rows.take(which, this.clock.now());
    if (row === null) return undefined;
    const { startedAt, ...kept } = JSON.parse(this.box.open(row.sealed, placeOf(row.id))) as Sealed;
    return { ...kept, providerId, startedAt: new Date(startedAt) };
  }
}

function placeOf(id: string): string {
  return `upstream_flow ${id}`;
}
