/** Where a sign-in through a provider leads, and what it is for. */
export interface FlowGoal {
  /** The authorization request that waits. */
  readonly interactionId?: string | undefined;
  /** Else the path of ours that it leads to. */
  readonly returnTo?: string | undefined;
  /** The user is to prove anew who they are. */
  readonly afresh: boolean;
  /** The session whose user wants to link the account there, in the place of signing in with it. */
  readonly linking?: { readonly sessionId: string } | undefined;
}

/** A browser that is about to be sent to a provider. */
export interface NewFlow {
  readonly providerId: string;
  /** The secret that names the browser. */
  readonly browser: string;
  /** Bound into the ID token (OIDC Core §3.1.2.1). */
  readonly nonce: string;
  readonly goal: FlowGoal;
}

/** A browser that came back from a provider: what was kept when it left. */
export interface UpstreamFlow {
  readonly providerId: string;
  readonly nonce: string;
  /** What shows that whoever redeems the code asked for it (RFC 7636 §4.1). */
  readonly verifier: string;
  readonly goal: FlowGoal;
  readonly startedAt: Date;
}
