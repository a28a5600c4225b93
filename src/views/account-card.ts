import type { AccountCard } from './models.js';

/** What a card needs of a user. */
interface CardOwner {
  readonly username: string;
  readonly claims: { readonly name?: string; readonly email?: string; readonly picture?: string };
}

/** Who a page speaks to: the name as the user knows it, with the initials that stand for a picture. */
export function accountCard({ username, claims: { name = username, email, picture } }: CardOwner): AccountCard {
  return { name, username, email, pictureInitials: initials(name), picture };
}

/** The first letters of the first and last word. */
function initials(name: string): string {
  const [first = '', ...others] = name.match(/(?<=^|[\s@._-])[^\s@._-]/gu) ?? [];
  return (first + (others.at(-1) ?? '')).toUpperCase();
}
