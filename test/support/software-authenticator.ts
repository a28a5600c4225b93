import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a page asks of the browser, as far as the authenticator looks at it (WebAuthn §5.4, §5.5). */
interface Ceremony {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id?: string };
  readonly user?: { readonly id: string };
  readonly allowCredentials?: readonly { readonly id: string }[];
  readonly excludeCredentials?: readonly { readonly id: string }[];
}

/** How an answer differs from an honest one, or from that of a usual authenticator. */
export interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly userVerified?: boolean;
  readonly userPresent?: boolean;
  readonly backupEligible?: boolean;
  readonly signCount?: number;
  readonly userHandle?: string | null;
  /** Claims this id while the key of another signs. */
  readonly credentialId?: string;
  /** Changes the signature, or what was signed, afterwards. */
  readonly tamper?: 'signature' | 'authenticator data';
  readonly attestation?: 'none' | 'packed-self' | 'packed-with-certificate';
}

/** Which keys an authenticator can make. */
export type KeyKind = 'ES256' | 'EdDSA' | 'RS256';

interface Credential {
  readonly id: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  readonly publicKey: Buffer;
  signCount: number;
}

/** What kind of authenticator it is. */
export interface Make {
  /** Keeps no counter, as those that copy their keys to other devices (WebAuthn §6.1.1). */
  readonly synced?: boolean;
  readonly kind?: KeyKind;
  readonly aaguid?: string;
}

const FLAG = { present: 0x01, verified: 0x04, backupEligible: 0x08, backedUp: 0x10, credential: 0x40 };

/** An authenticator of our own, with the browser around it: makes the bytes that real ones make (WebAuthn §6). */
export class SoftwareAuthenticator {
  readonly credentials: Credential[] = [];

  constructor(
    private readonly origin: string,
    private readonly make: Make = {},
  ) {}

  /** Makes a passkey and answers as `PublicKeyCredential.toJSON` does (WebAuthn §6.3.2). */
  register(asked: Ceremony, deviation: Deviation = {}): string {
    const { kind = 'ES256', aaguid = '00000000-0000-0000-0000-000000000000' } = this.make;
    const credential = newCredential(kind, asked, deviation);
    this.credentials.push(credential);
    const clientData = this.clientData('webauthn.create', asked, deviation);
    const id = Buffer.from(credential.id, 'base64url');
    const attested = Buffer.concat([
      Buffer.from(aaguid.replaceAll('-', ''), 'hex'),
      uint(id.length, 2),
      id,
      credential.publicKey,
    ]);
    const data = Buffer.concat([this.authenticatorData(credential, deviation, FLAG.credential), attested]);
    return JSON.stringify({
      id: deviation.credentialId ?? credential.id,
      rawId: deviation.credentialId ?? credential.id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: { credProps: { rk: true } },
      response: {
        clientDataJSON: clientData.toString('base64url'),
        attestationObject: attestationObject(data, clientData, credential, deviation).toString('base64url'),
        transports: ['internal', 'hybrid'],
      },
    });
  }

  /** Signs with the first passkey that fits, or with the one that is named (WebAuthn §6.3.3). */
  sign(asked: Ceremony, deviation: Deviation = {}, using = this.fitting(asked)): string {
    const clientData = this.clientData('webauthn.get', asked, deviation);
    if (this.make.synced !== true) using.signCount += 1;
    const data = this.authenticatorData(using, deviation);
    const signed = Buffer.concat([data, digest(clientData)]);
    const signature = sign(using.kind === 'EdDSA' ? null : 'sha256', signed, using.privateKey);
    if (deviation.tamper === 'signature') signature.writeUInt8(signature.readUInt8(20) ^ 1, 20);
    if (deviation.tamper === 'authenticator data') data.writeUInt8(data.readUInt8(36) ^ 1, 36);
    const id = deviation.credentialId ?? using.id;
    const userHandle = deviation.userHandle === null ? {} : { userHandle: deviation.userHandle ?? using.userHandle };
    return JSON.stringify({
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        ...userHandle,
      },
    });
  }

  private fitting({ allowCredentials = [], rpId }: Ceremony): Credential {
    const found = this.credentials.find(
      (one) => one.rpId === rpId && (allowCredentials.length === 0 || allowCredentials.some(({ id }) => id === one.id)),
    );
    if (found === undefined) throw new Error('the authenticator has no passkey for this');
    return found;
  }

  private clientData(type: string, asked: Ceremony, deviation: Deviation): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: deviation.type ?? type,
        challenge: deviation.challenge ?? asked.challenge,
        origin: deviation.origin ?? this.origin,
        crossOrigin: false,
      }),
    );
  }

  private authenticatorData(credential: Credential, deviation: Deviation, further = 0): Buffer {
    const { userPresent = true, userVerified = true, backupEligible = this.make.synced === true } = deviation;
    const flags =
      further |
      (userPresent ? FLAG.present : 0) |
      (userVerified ? FLAG.verified : 0) |
      (backupEligible ? FLAG.backupEligible | FLAG.backedUp : 0);
    const count = deviation.signCount ?? credential.signCount;
    return Buffer.concat([digest(deviation.rpId ?? credential.rpId), Buffer.from([flags]), uint(count, 4)]);
  }
}

function newCredential(kind: KeyKind, { rp, user }: Ceremony, deviation: Deviation): Credential {
  const { publicKey, privateKey } = keyPair(kind);
  return {
    id: randomBytes(32).toString('base64url'),
    rpId: deviation.rpId ?? rp?.id ?? '',
    userHandle: user?.id ?? '',
    kind,
    privateKey,
    publicKey: coseKey(kind, publicKey),
    signCount: 0,
  };
}

function keyPair(kind: KeyKind): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (kind) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'EdDSA':
      return generateKeyPairSync('ed25519');
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
  }
}

/** RFC 9053 §7: the key as authenticators write it. */
function coseKey(kind: KeyKind, key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  const bytes = (name: 'x' | 'y' | 'n' | 'e') => Buffer.from(jwk[name] ?? '', 'base64url');
  switch (kind) {
    case 'ES256':
      return cborMap([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes('x')],
        [-3, bytes('y')],
      ]);
    case 'EdDSA':
      return cborMap([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, bytes('x')],
      ]);
    case 'RS256':
      return cborMap([
        [1, 3],
        [3, -257],
        [-1, bytes('n')],
        [-2, bytes('e')],
      ]);
  }
}

function attestationObject(
  data: Buffer,
  clientData: Buffer,
  { kind, privateKey }: Credential,
  wish: Deviation,
): Buffer {
  const alg = { ES256: -7, EdDSA: -8, RS256: -257 }[kind];
  const sig = sign(kind === 'EdDSA' ? null : 'sha256', Buffer.concat([data, digest(clientData)]), privateKey);
  const statements: Record<NonNullable<Deviation['attestation']>, [string, Buffer]> = {
    none: ['none', cborMap([])],
    'packed-self': [
      'packed',
      cborMap([
        ['alg', alg],
        ['sig', sig],
      ]),
    ],
    'packed-with-certificate': [
      'packed',
      cborMap([
        ['alg', alg],
        ['sig', sig],
        ['x5c', [Buffer.from('not a certificate')]],
      ]),
    ],
  };
  const [format, statement] = statements[wish.attestation ?? 'none'];
  return cborMap([
    ['fmt', format],
    ['attStmt', { encoded: statement }],
    ['authData', data],
  ]);
}

type Cbor = number | string | Buffer | readonly Buffer[] | { readonly encoded: Buffer };

/** RFC 8949 §3: as much of CBOR as authenticators need. */
function cborMap(pairs: readonly (readonly [number | string, Cbor])[]): Buffer {
  return Buffer.concat([head(5, pairs.length), ...pairs.flatMap(([key, value]) => [cbor(key), cbor(value)])]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if ('encoded' in value) return value.encoded;
  return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.concat([Buffer.from([(major << 5) | 25]), uint(length, 2)]);
}

function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

function digest(data: Buffer | string): Buffer {
  return createHash('sha256').update(data).digest();
}
