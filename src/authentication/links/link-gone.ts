/** A link that was used, has run out, or is for an account or address that is another one now; undoes the transaction. */
export class LinkGone extends Error {
  constructor() {
    super('the link cannot be used any more');
  }
}

/** What came of work that a link allows; undefined when the link does not. */
export async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LinkGone) return undefined;
    throw error;
  }
}
