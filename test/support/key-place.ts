import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair } from 'jose';

const certificate = (name: string) => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));
const TLS = { key: readFileSync(certificate('localhost.key.pem')), cert: readFileSync(certificate('localhost.pem')) };

/** The keys of a relying party and the https server where it publishes them. */
export class KeyPlace {
  /** The authority that a service must trust to fetch from here. */
  static readonly authorityFile = certificate('ca.pem');
  keys: object[] = [];
  mediaType = 'application/jwk-set+json';
  status = 200;
  asked = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer(TLS, (_request, response) => {
      this.asked += 1;
      const headers = { 'content-type': this.mediaType, location: this.url('127.0.0.1', '/elsewhere') };
      response.writeHead(this.status, headers).end(JSON.stringify({ keys: this.keys }));
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  url(host = 'localhost', path = '/jwks'): string {
    return `https://${host}:${(this.server.address() as AddressInfo).port}${path}`;
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

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
