/** Where each thing that can need attention is mended; its words stand under `attention` in every language. */
export const ATTENTION_PATHS = {
  'email-missing': '/account/email',
  'email-unverified': '/account/email',
} as const satisfies Readonly<Record<string, `/account/${string}`>>;

/** One kind of thing that a user should look at. */
export type AttentionKind = keyof typeof ATTENTION_PATHS;
