import type { PostedForm } from '#platform/http/index.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '#sessions/index.js';
import type { SignInOffer } from './sign-in-offer.js';
import type { SignInError } from '#views/index.js';
import type { Interaction } from './interaction.js';

/** What came of a sign-in form that is shown again. */
export interface SignInFault {
  readonly username: string;
  readonly error: SignInError;
}

/** What a sign-in page says and offers beyond what its place says. */
export type SignInSaid = SignInOffer & Partial<SignInFault>;

/** Where a sign-in happens: in an interaction, or on the way to one of our own pages. */
export interface SignInPlace {
  readonly browser: string;
  /** The session that the browser has already. */
  readonly session?: Session | undefined;
  readonly interaction?: Interaction | undefined;
  /** Without an interaction: the path that the sign-in leads to. */
  readonly returnTo?: string | undefined;
  /** Everything is to be proven anew. */
  readonly afresh?: boolean;
  /** Nobody needs to sign in here any more. */
  readonly isDone: boolean;
  show(reply: FastifyReply, status: number, said: SignInSaid): void;
  /** The posted form, if it is ours. */
  accept(request: FastifyRequest): PostedForm | undefined;
  /** Answers a form that is not ours. */
  refuse(request: FastifyRequest, reply: FastifyReply): void;
  cancel(reply: FastifyReply): Promise<void>;
  /** Goes where the sign-in leads. */
  leave(reply: FastifyReply): void;
}
