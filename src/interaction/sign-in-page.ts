import type { SignInModel } from '#views/index.js';
import { clientCard } from './cards.js';
import type { Turn } from './turn.js';

/** What the sign-in page shows besides its form's address and token. */
type SignInContent = Omit<SignInModel, 'action' | 'csrf' | 'error'>;

/** The sign-in page within an interaction: for whom, why, and with which name filled in. */
export function signInContent(turn: Turn): SignInContent {
  const { client, interaction, user } = turn;
  const { loginHint, redirectUri } = interaction.facts;
  const reason = reasonFor(turn);
  // OIDC Core §3.1.2.1: the hint fills in the name and does nothing else
  const username = loginHint ?? (reason === 'again' ? user?.username : undefined);
  return { username, client: clientCard(client, redirectUri), canCancel: true, reason };
}

/** Reasons for which somebody else is wanted than who is signed in. */
const SWITCHES = ['another user is hinted', 'prompt=create'];

/** Somebody who is signed in is asked to prove it again, or came to change the account. */
function reasonFor({ user, interaction: { prompt } }: Turn): 'again' | 'switch' | undefined {
  if (user === undefined) return undefined;
  return prompt.name === 'login' && !SWITCHES.includes(prompt.reason) ? 'again' : 'switch';
}
