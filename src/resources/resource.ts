/** The forms an access token for a resource can take. */
export const ACCESS_TOKEN_FORMATS = ['jwt', 'opaque'] as const;

/** A protected API that access tokens are made for (RFC 8707 §2). */
export interface Resource {
  readonly id: string;
  /** The absolute URI that clients ask for and that becomes `aud`. */
  readonly identifier: string;
  readonly name: string;
  readonly accessTokenFormat: (typeof ACCESS_TOKEN_FORMATS)[number];
  readonly accessTokenLifetime?: number;
  /** The clients that may introspect tokens made for this resource. */
  readonly introspectionClients: readonly string[];
  /** True for the resource that is this service itself, which cannot be changed. */
  readonly builtIn: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
