import { generateSync } from 'otplib';
import { AuthenticatorApps, RecoveryCodes, SecondFactors } from '#authentication/index.js';
import type { GivenUser } from './given.js';
import type { TestService } from './start-service.js';

/** An authenticator app on somebody's phone, whose clock is the service's. */
export class Authenticator {
  constructor(
    private readonly service: TestService,
    readonly seed: string,
  ) {}

  /** The code that it shows now, or so many time steps later. */
  code(stepsLater = 0): string {
    const epoch = Math.floor(this.service.clock.now().getTime() / 1000) + stepsLater * 30;
    return generateSync({ secret: this.seed, epoch });
  }
}

/** Gives the user an authenticator app; its first code is used up, and the next step has come. */
export async function withAuthenticator(service: TestService, { id }: GivenUser): Promise<Authenticator> {
  const apps = service.app.get(AuthenticatorApps, { strict: false });
  const { seed, sealed } = apps.begin(id);
  const authenticator = new Authenticator(service, seed);
  const added = await apps.add(id, { sealed, code: authenticator.code(), name: 'Phone' });
  if (added !== 'added') throw new Error(`no authenticator: ${added}`);
  service.clock.advance('30s');
  return authenticator;
}

/** Gives the user ten recovery codes. */
export function withRecoveryCodes(service: TestService, { id }: GivenUser): Promise<readonly string[]> {
  return service.app.get(RecoveryCodes, { strict: false }).renew(id);
}

/** Lets codes by mail be a factor of the user. */
export function withMailCodes(service: TestService, { id }: GivenUser): Promise<void> {
  return service.app.get(SecondFactors, { strict: false }).addMailCodes(id);
}
