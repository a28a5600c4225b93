import { decodeJwt, decodeProtectedHeader } from 'jose';

/** Reads the claims of a JWT without any check, to learn whose key it has to be verified with; undefined if it is none. */
export function decodedClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** Reads the header of a JWT without any check, to learn what kind of key has to verify it; undefined if it is none. */
export function decodedHeader(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}
