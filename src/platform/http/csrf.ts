import { Injectable } from '@nestjs/common';
import { Random, sameText, SecretKeys } from '#platform/crypto/index.js';

const PURPOSE = 'csrf';
const SALT_BYTES = 12;

/** Tokens that tie a form to what it belongs to: a browser, a session, a waiting request. */
@Injectable()
export class CsrfTokens {
  constructor(
    private readonly keys: SecretKeys,
    private readonly random: Random,
  ) {}

  /** A token for a form; the salt makes each one different, so that compression reveals nothing of it. */
  issue(bindings: readonly string[]): string {
    const keyName = this.keys.primaryName;
    const salt = this.random.secret(SALT_BYTES);
    return `${keyName}.${salt}.${this.mac(keyName, salt, bindings) ?? ''}`;
  }

  /** Whether a token was issued for exactly these bindings. */
  valid(token: string | undefined, bindings: readonly string[]): boolean {
    const [keyName, salt, presented, ...rest] = (token ?? '').split('.');
    if (keyName === undefined || salt === undefined || presented === undefined || rest.length > 0) return false;
    const expected = this.mac(keyName, salt, bindings);
    return expected !== undefined && sameText(presented, expected);
  }

  private mac(keyName: string, salt: string, bindings: readonly string[]): string | undefined {
    return this.keys.mac(keyName, PURPOSE, JSON.stringify([salt, ...bindings]));
  }
}
