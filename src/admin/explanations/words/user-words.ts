import { list, names, text, type Facts, type Words } from './words.js';

/** What the user would have had to do, or may not. */
export const USER_WORDS: Words = {
  access: accessWords,
  'prompt.needed': promptWords,
  'acr.unattainable': ({ wanted, attainable }) =>
    `The client demands a sign-in of the kind ${list(wanted)}; here there is ${list(attainable)}.`,
  'acr.unmet': ({ wanted, reached }) =>
    `The client demands a sign-in of the kind ${list(wanted)}; the user reached ${text(reached) || 'none'}.`,
  'user.denied': () => 'The user said no.',
  'interaction.lost': ({ outcome }) => LOST[text(outcome)] ?? 'The sign-in cannot go on.',
  'form.foreign': () =>
    'The form was not that of the page of this browser: it was left open too long, or another site sent it.',
  'upstream.lost': () =>
    'The answer of the other service belongs to no sign-in of this browser: it was begun elsewhere, took too long or was finished before.',
};

const LOST: Readonly<Record<string, string>> = {
  unknown: 'There is no such sign-in under way: its address is wrong or it is long gone.',
  expired: 'The sign-in was left alone for too long.',
  foreign: 'The sign-in was begun in another browser, or without cookies.',
  ended: 'The sign-in was finished before, perhaps in another tab.',
};

function accessWords({ failed, allowed_groups: allowed }: Facts): string {
  const rules = Array.isArray(failed) ? failed : [];
  if (rules.includes('group')) {
    return names(allowed)
      ? `A group is missing: the user is in none of those that may use the client: ${list(allowed)}.`
      : 'A group is missing: nobody may use the client.';
  }
  return rules.includes('scope')
    ? 'The user may grant nothing of what the client asks for: these are rights of administrators.'
    : 'The user or the client is disabled.';
}

const NEEDED: Readonly<Record<string, string>> = {
  login: 'must sign in',
  second_factor: 'must show a second factor',
  select_account: 'must choose an account',
  consent: 'must be asked for consent',
};

function promptWords({ prompt, reason, age, max_age: oldest }: Facts): string {
  const needed = NEEDED[text(prompt)] ?? 'must be asked something';
  const forbidden = `prompt=none rules out asking, and the user ${needed}`;
  if (reason === 'max_age exceeded') {
    return `${forbidden}: the sign-in is ${text(age)} s old, and max_age is ${text(oldest)}.`;
  }
  return `${forbidden}: ${text(reason)}.`;
}
