/** Where a sign-in is going on: for an authorization request, or on the way to one of our own pages. */
export interface SignInWhereabouts {
  readonly interactionId?: string | undefined;
  readonly returnTo?: string | undefined;
  readonly afresh?: boolean | undefined;
}

/** The query under which every page of a sign-in finds where it is going on. */
export function whereaboutsQuery({ interactionId, returnTo, afresh }: SignInWhereabouts, more?: string): string {
  const parts = [
    ...(interactionId === undefined ? [] : [`interaction=${interactionId}`]),
    ...(interactionId !== undefined || returnTo === undefined ? [] : [`return_to=${encodeURIComponent(returnTo)}`]),
    ...(interactionId === undefined && afresh === true ? ['again=1'] : []),
    ...(more === undefined ? [] : [more]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
