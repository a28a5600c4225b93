import { InstantMember } from '../member.decorators.js';

/** When a record was made and last changed, as it is answered (RFC 3339 §5.6). */
export interface Stamps {
  readonly created_at: string;
  readonly updated_at: string;
}

/** The members of every answer that only the service sets. */
export const STAMP_MEMBERS = ['created_at', 'updated_at'] as const;

/** Declares when a record was made. */
export function CreatedAt(): PropertyDecorator {
  return InstantMember({ about: 'When it was made.', required: true, readOnly: true });
}

/** Declares when a record was last changed. */
export function UpdatedAt(): PropertyDecorator {
  return InstantMember({ about: 'When it was last changed.', required: true, readOnly: true });
}

/** When a record was made and last changed, as it is answered. */
export function stampsOf(record: { readonly createdAt: Date; readonly updatedAt: Date }): Stamps {
  return { created_at: record.createdAt.toISOString(), updated_at: record.updatedAt.toISOString() };
}
