import { Stranded } from '../browser.js';
import { type Check, green, type Judgement, red } from '../check.js';
import { CodeFlow, type FlowParts } from '../code-flow.js';
import { type ThrowAwayServices, withThrowAwayClient, withThrowAwayUser } from '../throw-away.js';

/** What the check needs of the service's inside. */
export type SignInServices = ThrowAwayServices & Pick<FlowParts, 'verifier' | 'random'>;

/** Whether somebody can sign in to an application: a whole authorization code flow, with a client and a user made for it. */
export class SignInCheck implements Check {
  readonly name = 'sign-in';
  readonly needs = ['metadata', 'jwks', 'keys'];

  constructor(
    private readonly parts: Pick<FlowParts, 'issuer' | 'http' | 'clock'>,
    private readonly services: () => Promise<SignInServices>,
  ) {}

  async examine(): Promise<Judgement> {
    const services = await this.services();
    const parts = { ...this.parts, verifier: services.verifier, random: services.random };
    try {
      await withThrowAwayUser(services, (user) =>
        withThrowAwayClient(services, (client) => new CodeFlow(parts, client, user).run()),
      );
      return green('a throw-away user signed in to a throw-away client, allowed it, and was told who they are');
    } catch (error) {
      if (!(error instanceof Stranded)) throw error;
      const remedy = 'Look for the support code, or the time, in the log of the service; it says what went wrong.';
      return red(`the flow stopped: ${error.message}`, remedy);
    }
  }
}
