import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { LocalServer } from './local-server.js';

/** The keys of a relying party and the https server where it publishes them. */
export class KeyPlace extends LocalServer {
  keys: object[] = [];
  mediaType = 'application/jwk-set+json';
  status = 200;
  asked = 0;

  /** Where the keys are; by another host, a place that the service must not reach. */
  jwksUri(host?: string): string {
    return this.url('/jwks', host);
  }

  /** Puts a new key in the place of those published; its private part is for the client alone. */
  async rotate(kid: string, more: object = {}): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    this.keys = [{ ...(await exportJWK(publicKey)), kid, ...more }];
    return privateKey;
  }

  /** As it is before anything was published or went wrong. */
  reset(): void {
    Object.assign(this, { keys: [], mediaType: 'application/jwk-set+json', status: 200, asked: 0 });
  }

  protected answer(_request: IncomingMessage, response: ServerResponse): void {
    this.asked += 1;
    const headers = { 'content-type': this.mediaType, location: this.url('/elsewhere', '127.0.0.1') };
    response.writeHead(this.status, headers).end(JSON.stringify({ keys: this.keys }));
  }
}
