/** How many failures are let through, and what comes then. */
export interface ThrottlePolicy {
  /** Told apart in the table from the buckets of other policies. */
  readonly name: string;
  readonly failures: number;
  readonly windowSeconds: number;
  /** Beyond the limit one attempt is let through after each of these, the last one again and again; empty: none until the window ends. */
  readonly delaysSeconds: readonly number[];
  /** Beyond the limit the window starts anew with each failure, so that the delay goes on growing until there is quiet. */
  readonly remembers: boolean;
}

/** Failures for one login name, whether or not anybody has it. */
export const ACCOUNT_POLICY: ThrottlePolicy = {
  name: 'account',
  failures: 10,
  windowSeconds: 900,
  delaysSeconds: [30, 60, 120, 240, 480, 900],
  remembers: true,
};

/** Failures for one user in a browser that the user has signed in with before. */
export const KNOWN_BROWSER_POLICY: ThrottlePolicy = { ...ACCOUNT_POLICY, name: 'browser' };

/** Failures from one address. */
export const ADDRESS_POLICY: ThrottlePolicy = {
  name: 'address',
  failures: 100,
  windowSeconds: 900,
  delaysSeconds: [],
  remembers: false,
};

/** Failures in all: beyond them guessing is slowed down for everybody together, and nobody is locked out. */
export const GLOBAL_POLICY: ThrottlePolicy = {
  name: 'all',
  failures: 1000,
  windowSeconds: 60,
  delaysSeconds: [0.1],
  remembers: false,
};

/** Wrong second factors of one user: whoever gets there knows the first one already. */
export const FACTOR_POLICY: ThrottlePolicy = { ...ACCOUNT_POLICY, name: 'factor', failures: 5 };

/** Requests that are answered by mail, from one address: a whole office may forget its passwords on the same day. */
export const MAIL_POLICY: ThrottlePolicy = {
  name: 'mail',
  failures: 50,
  windowSeconds: 900,
  delaysSeconds: [],
  remembers: false,
};

/** Mails that strangers can cause to one mailbox. */
export const MAILBOX_POLICY: ThrottlePolicy = {
  name: 'mailbox',
  failures: 5,
  windowSeconds: 3600,
  delaysSeconds: [],
  remembers: false,
};

/** Codes by mail to one user, whom some companies ask for one at each sign-in. */
export const CODE_MAIL_POLICY: ThrottlePolicy = { ...MAILBOX_POLICY, name: 'code-mail', failures: 20 };

/** Failures through providers that are told of, from one address: nobody guesses there, but whoever floods fills no table. */
export const UPSTREAM_POLICY: ThrottlePolicy = { ...ADDRESS_POLICY, name: 'upstream' };

/** Every policy, for lists. */
export const THROTTLE_POLICIES: readonly ThrottlePolicy[] = [
  ACCOUNT_POLICY,
  KNOWN_BROWSER_POLICY,
  ADDRESS_POLICY,
  GLOBAL_POLICY,
  FACTOR_POLICY,
  MAIL_POLICY,
  MAILBOX_POLICY,
  CODE_MAIL_POLICY,
  UPSTREAM_POLICY,
];

/** How long nothing is let through after this many failures: 0 below the limit, undefined until the window ends. */
export function delayAfter(policy: ThrottlePolicy, failures: number): number | undefined {
  if (failures < policy.failures) return 0;
  return policy.delaysSeconds[failures - policy.failures] ?? policy.delaysSeconds.at(-1);
}
