import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ClientKeys, type ClientKeyPair, type PublicJwk } from '#keys/index.js';
import { SecretBox, SecretUnreadable } from '#platform/crypto/index.js';
import { authenticationAt, type ProviderInput } from './upstream-provider.js';
import type { UpstreamProviderRow } from './upstream-provider.entity.js';
import { UpstreamProvidersRepository, type ProviderSecrets } from './upstream-providers.repository.js';

/** By what we prove ourselves to a provider. */
export interface ProviderCredentials {
  readonly clientSecret?: string | undefined;
  readonly keyPair?: ClientKeyPair | undefined;
}

/** What providers gave us in confidence, and the keys that we made for them: sealed, and opened where they are used. */
@Injectable()
export class ProviderSecretsService implements OnModuleInit {
  readonly #logger = new Logger('federation');

  constructor(
    private readonly rows: UpstreamProvidersRepository,
    private readonly keys: ClientKeys,
    private readonly box: SecretBox,
  ) {}

  /** What is kept for a provider that is made or changed: a given secret, and a key where one is needed and none is there. */
  async prepare(id: string, input: ProviderInput, before?: UpstreamProviderRow): Promise<Partial<ProviderSecrets>> {
    const { clientSecret } = input;
    const isNew = clientSecret !== undefined && clientSecret !== this.#opened(before);
    const secret = isNew ? { secret: this.box.seal(clientSecret, placeOf(id, 'secret')) } : {};
    const needsKey = authenticationAt(input) === 'private_key_jwt' && (before?.privateKey ?? null) === null;
    if (!needsKey) return secret;
    const { publicJwk, privateKey } = await this.keys.make();
    return { ...secret, publicKey: publicJwk, privateKey: this.box.seal(privateKey, placeOf(id, 'private key')) };
  }

  /** Tells whether a value is the secret that is kept for a provider. */
  async has(id: string, value: string): Promise<boolean> {
    return this.#opened(await this.rows.find(id)) === value;
  }

  /** What is kept for a provider, to be used at once. */
  async open(id: string): Promise<ProviderCredentials> {
    const row = await this.rows.find(id);
    if (row === undefined) return {};
    const { secret, privateKey, publicKey } = row;
    return {
      clientSecret: secret === null ? undefined : this.box.open(secret, placeOf(id, 'secret')),
      keyPair:
        privateKey === null || publicKey === null
          ? undefined
          : { publicJwk: publicKey as PublicJwk, privateKey: this.box.open(privateKey, placeOf(id, 'private key')) },
    };
  }

  /** Seals anew what an earlier key of SECRET_KEYS sealed, so that this key may leave the list. */
  async onModuleInit(): Promise<void> {
    for (const row of await this.rows.all()) {
      const { id } = row;
      try {
        const secret = this.#renewed(row.secret, placeOf(id, 'secret'));
        const privateKey = this.#renewed(row.privateKey, placeOf(id, 'private key'));
        if (secret !== row.secret || privateKey !== row.privateKey) await this.rows.reseal(row, { secret, privateKey });
      } catch (error) {
        if (!(error instanceof SecretUnreadable)) throw error;
        this.#logger.warn(`the secret of identity provider ${row.slug} cannot be opened with SECRET_KEYS any more`);
      }
    }
  }

  /** The secret that is kept, so that the same one again is no change; nothing when it cannot be read. */
  #opened(row: UpstreamProviderRow | undefined): string | undefined {
    if (row === undefined || row.secret === null) return undefined;
    try {
      return this.box.open(row.secret, placeOf(row.id, 'secret'));
    } catch (error) {
      if (error instanceof SecretUnreadable) return undefined;
      throw error;
    }
  }

  #renewed(sealed: string | null, place: string): string | null {
    if (sealed === null || !this.box.isOutdated(sealed)) return sealed;
    return this.box.seal(this.box.open(sealed, place), place);
  }
}

function placeOf(id: string, what: 'secret' | 'private key'): string {
  return `upstream_provider ${what} ${id}`;
}
