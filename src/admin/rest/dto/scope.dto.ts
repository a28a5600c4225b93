import type { Scope, ScopeChanges, ScopeInput } from '#resources/index.js';
import { TextMember, type Plain } from '../member.decorators.js';
import { CreatedAt, STAMP_MEMBERS, stampsOf, UpdatedAt } from './stamps.dto.js';

/** A scope to make. */
export class NewScope {
  @TextMember({ about: 'The name that clients ask for; it stays.', required: true, schema: { maxLength: 255 } })
  name!: string;

  @TextMember({
    about: 'The identifier of the API it belongs to; null when it belongs to none.',
    schema: { type: ['string', 'null'] },
  })
  resource?: string | null;

  @TextMember({ about: 'What it allows, in the words of a user.', required: true, schema: { maxLength: 200 } })
  title!: string;

  @TextMember({ about: 'More about what it allows.', schema: { maxLength: 2000 } })
  description?: string;
}

/** A scope as it is answered. */
export class ScopeAnswer extends NewScope {
  @CreatedAt()
  created_at!: string;

  @UpdatedAt()
  updated_at!: string;
}

/** The members of a scope that only the service sets, or that stay as they were first given. */
export const FIXED_SCOPE_MEMBERS = { fixed: STAMP_MEMBERS, kept: ['name', 'resource'] };

/** Reads a message as what it says about a scope. */
export function scopeInput({ resource, ...message }: Plain<NewScope>): ScopeInput {
  return { ...message, resourceIdentifier: resource };
}

/** Reads a patched message as the changes it makes. */
export function scopeChanges({ title, description }: Plain<NewScope>): ScopeChanges {
  return { title, description: description ?? null };
}

/** A scope as it is answered. */
export function scopeAnswer(scope: Scope): Plain<ScopeAnswer> {
  const { name, title, description, resourceIdentifier } = scope;
  return { name, resource: resourceIdentifier, title, description, ...stampsOf(scope) };
}
