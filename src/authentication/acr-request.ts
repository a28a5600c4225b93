import { satisfies, type Acr } from './assurance.js';

/** Which authentication contexts a client asks for, in its order of preference (OIDC Core §3.1.2.1, §5.5.1.1). */
export interface AcrRequest {
  readonly values: readonly string[];
  /** Nothing less will do: the `acr` claim was asked for as essential. */
  readonly essential: boolean;
}

/** Whether a sign-in is one of those that are asked for. */
export function meets(performed: string, { values }: AcrRequest): boolean {
  return values.some((wanted) => satisfies(performed, wanted));
}

/** Whether any sign-in that can be made here would be one of those that are asked for. */
export function isAttainable(asked: AcrRequest, attainable: readonly Acr[]): boolean {
  return attainable.some((level) => meets(level, asked));
}

/**
 * The `acr` that tokens state: the one performed. Only where one of several is demanded, it is the one of them that the
 * sign-in satisfies, as the answer must match (OIDC Core §5.5.1.1).
 */
export function statedAcr(performed: string, asked: AcrRequest | undefined): string {
  if (asked?.essential !== true || asked.values.includes(performed)) return performed;
  return asked.values.find((wanted) => satisfies(performed, wanted)) ?? performed;
}
