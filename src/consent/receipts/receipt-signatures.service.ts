import { Injectable } from '@nestjs/common';
import { TokenType } from '#standards/jose.js';
import { JwtSigner, LastingSignatures, type PublicJwk, type SignatureDoubt } from '#keys/index.js';
import { IssuerSettings } from '#platform/config/index.js';

/** A receipt whose signature was found to be good: what it says, and the key that signed it. */
export interface VerifiedReceipt {
  readonly contents: Readonly<Record<string, unknown>>;
  readonly publicKey: PublicJwk;
}

/** Signs receipts, and checks them for as long as they are kept (RFC 7515 §3.1). */
@Injectable()
export class ReceiptSignatures {
  constructor(
    private readonly signer: JwtSigner,
    private readonly signatures: LastingSignatures,
    private readonly issuer: IssuerSettings,
  ) {}

  sign(contents: Readonly<Record<string, unknown>>): Promise<string> {
    const claims = { iss: this.issuer.issuer, ...contents };
    return this.signer.sign(claims, { algorithm: 'ES256', typ: TokenType.ConsentReceipt });
  }

  /** What a receipt says, if it is ours and nobody has changed it; also long after its key was followed by another. */
  async verify(jws: string): Promise<VerifiedReceipt | undefined> {
    const found = await this.signatures.verify(jws, TokenType.ConsentReceipt);
    return found && { contents: found.claims, publicKey: found.publicKey };
  }

  /** What a receipt that was refused looks like. */
  doubt(jws: string): Promise<SignatureDoubt> {
    return this.signatures.doubt(jws);
  }
}
