/** OIDC Core §8: the public subject identifier is the user's id, which is never given to another user. */
export function subjectOf(userId: string): string {
  return userId;
}

/** OIDC Core §8: kinds of subject identifier that this service offers; metadata is derived from it. */
export const SUBJECT_TYPES = ['public'] as const;
