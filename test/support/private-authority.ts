import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate authority that only those who are told trust, with one certificate of its own making. */
export interface PrivateAuthority {
  /** The certificate of the authority itself, for whoever is to trust it. */
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
  /** A fetch for whoever trusts the authority, to whom every host name is this machine. */
  readonly fetch: typeof fetch;
  /** A fetch for whoever does not. */
  readonly distrustingFetch: typeof fetch;
  remove(): void;
}

/** Makes an authority and a certificate for a host, or for several, as an operator would. */
export async function privateAuthority(host: string, ...more: readonly string[]): Promise<PrivateAuthority> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-ca-'));
  const file = (name: string): string => join(folder, name);
  const { authority, certificate, key } = await certificates([host, ...more]);
  writeFileSync(file('ca.pem'), authority);
  writeFileSync(file('host.pem'), certificate);
  writeFileSync(file('host.key'), key);
  const lookup: LookupFunction = (_host, { all }, callback) => {
    if (all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(null, '127.0.0.1', 4);
  };
  return {
    caFile: file('ca.pem'),
    certFile: file('host.pem'),
    keyFile: file('host.key'),
    fetch: fetchBy(new Agent({ ca: readFileSync(file('ca.pem')), lookup })),
    distrustingFetch: fetchBy(new Agent({ lookup })),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const TWO_DAYS_MS = 2 * 86_400_000;

/** An authority, a certificate that it signed, and the key of that: each as PEM. */
async function certificates(
  hosts: readonly string[],
): Promise<{ authority: string; certificate: string; key: string }> {
  const [own, theirs] = [await newKeys(), await newKeys()];
  const life = { notBefore: new Date(Date.now() - TWO_DAYS_MS), notAfter: new Date(Date.now() + TWO_DAYS_MS) };
  const authority = await X509CertificateGenerator.createSelfSigned({
    ...life,
    serialNumber: '01',
    name: 'CN=Company CA',
    keys: own,
    signingAlgorithm: SIGNING,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  });
  const certificate = await X509CertificateGenerator.create({
    ...life,
    serialNumber: '02',
    subject: `CN=${hosts[0] ?? ''}`,
    issuer: authority.subject,
    publicKey: theirs.publicKey,
    signingKey: own.privateKey,
    signingAlgorithm: SIGNING,
    extensions: [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))],
  });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', theirs.privateKey), 'PRIVATE KEY');
  return { authority: authority.toString('pem'), certificate: certificate.toString('pem'), key };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
}

/** A fetch over https through an agent, which Node's own cannot be given; redirects are never followed. */
function fetchBy(agent: Agent): typeof fetch {
  return async (input, init = {}) => {
    const asked = new Request(input, init);
    const body = Buffer.from(await asked.arrayBuffer());
    const headers: Record<string, string | number> = Object.fromEntries(asked.headers);
    if (body.length > 0) headers['content-length'] = body.length;
    return new Promise((resolve, reject) => {
      const sent = request(asked.url, { method: asked.method, headers, agent }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          const empty = [204, 303, 304].includes(status) && parts.length === 0;
          const lines = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
            values.map((value): [string, string] => [name, value]),
          );
          resolve(new Response(empty ? null : Buffer.concat(parts), { status, headers: lines }));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  };
}
