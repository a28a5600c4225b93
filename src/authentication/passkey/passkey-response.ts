/** The longest answer of an authenticator that is read, in characters. */
const LONGEST = 32_768;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** WebAuthn §4, Credential ID: at most 1023 bytes. */
const LONGEST_CREDENTIAL_ID = 1364;

/** The answer of an authenticator as the page posted it, taken apart so far that its claims can be looked up. */
export interface PresentedPasskey {
  readonly credentialId: string;
  readonly challenge: string;
  readonly userHandle: string | undefined;
  readonly transports: readonly string[];
  /** The whole answer, not yet believed. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/** Reads what the script of our pages posts; undefined for anything else. */
export function presentedPasskey(posted: string): PresentedPasskey | undefined {
  const answer = posted.length > LONGEST ? undefined : parsedObject(posted);
  const response = answer && objectIn(answer['response']);
  if (answer === undefined || response === undefined) return undefined;
  const { id: credentialId } = answer;
  const challenge = challengeIn(response['clientDataJSON']);
  if (challenge === undefined || !isCredentialId(credentialId)) return undefined;
  const { userHandle } = response;
  return {
    credentialId,
    challenge,
    userHandle: isBase64Url(userHandle) ? userHandle : undefined,
    transports: transportsIn(response['transports']),
    answer: { ...answer, clientExtensionResults: objectIn(answer['clientExtensionResults']) ?? {} },
  };
}

/** The challenge in the client data, as the text it was issued as (WebAuthn §5.8.1). */
function challengeIn(clientDataJSON: unknown): string | undefined {
  if (!isBase64Url(clientDataJSON)) return undefined;
  const challenge = parsedObject(decoded(clientDataJSON))?.['challenge'];
  return isBase64Url(challenge) ? decoded(challenge) : undefined;
}

/** Hints for the browser; what is not one of the short words that authenticators use is dropped (WebAuthn §5.8.4). */
function transportsIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is string => typeof one === 'string' && /^[a-z-]{1,20}$/.test(one)).slice(0, 8);
}

function isCredentialId(value: unknown): value is string {
  return isBase64Url(value) && value.length <= LONGEST_CREDENTIAL_ID;
}

function isBase64Url(value: unknown): value is string {
  return typeof value === 'string' && BASE64URL.test(value);
}

function decoded(value: string): string {
  return Buffer.from(value, 'base64url').toString('utf8');
}

function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    return objectIn(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function objectIn(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
