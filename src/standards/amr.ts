/** Authentication methods a sign-in can consist of (RFC 8176 §2). */
export const Amr = { Password: 'pwd' } as const;

/** One of the values of `Amr`. */
export type Amr = (typeof Amr)[keyof typeof Amr];
