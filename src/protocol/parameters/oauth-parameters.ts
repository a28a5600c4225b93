import type { Decision } from '#explanations/index.js';
import { InvalidRequest } from '../errors/oauth-error.js';
import { lengthLimit } from './length-limits.js';

/** Visible characters and space: what states, codes, tokens and client ids may consist of (RFC 6749 App. A). */
const VSCHAR = /^[\x20-\x7E]*$/;

/** The only parameter that may repeat in this service (RFC 8707 §2). */
const MAY_REPEAT: ReadonlySet<string> = new Set(['resource']);

/** The parameters of one request, immutable: names are opaque, an empty value counts as absent (RFC 6749 §3.1). */
export class OAuthParameters {
  private readonly values: ReadonlyMap<string, readonly string[]>;

  constructor(entries: Iterable<readonly [string, string]>) {
    const values = new Map<string, string[]>();
    for (const [name, value] of entries) {
      if (value === '') continue;
      const seen = values.get(name);
      if (seen === undefined) values.set(name, [value]);
      else seen.push(value);
    }
    this.values = values;
  }

  /** The value of a parameter that may stand once; a repeated one counts as absent, see `repeated`. */
  get(name: string): string | undefined {
    const values = this.values.get(name);
    return values?.length === 1 ? values[0] : undefined;
  }

  /** Every value of a parameter that may repeat. */
  list(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** The value of a parameter that the endpoint needs. */
  require(name: string): string {
    const value = this.get(name);
    if (value === undefined) {
      throw new InvalidRequest(`${name} is missing`, {
        description: `${name} is missing.`,
        decision: { rule: 'parameter.missing', clause: 'RFC 6749 §3.1', facts: { parameter: name } },
      });
    }
    return value;
  }

  /** Names that stand more often than they may (RFC 6749 §3.1, §3.2). */
  get repeated(): readonly string[] {
    return [...this.values].filter(([name, { length }]) => length > 1 && !MAY_REPEAT.has(name)).map(([name]) => name);
  }

  /** Names whose value is longer than this service takes; nothing is ever cut off. */
  get overlong(): readonly string[] {
    return [...this.values]
      .filter(([name, list]) => list.some((value) => value.length > lengthLimit(name)))
      .map(([name]) => name);
  }

  /** Refuses repeated and overlong parameters, as every endpoint but the authorization endpoint does at once. */
  checkSyntax(): void {
    const [repeated] = this.repeated;
    if (repeated !== undefined) {
      throw new InvalidRequest(`${printable(repeated)} is repeated`, {
        description: 'A parameter is repeated.',
        decision: repeatedParameter(repeated),
      });
    }
    const [overlong] = this.overlong;
    if (overlong !== undefined) {
      throw new InvalidRequest(`${printable(overlong)} is too long`, {
        description: 'A parameter is too long.',
        decision: overlongParameter(overlong),
      });
    }
  }

  /** RFC 6749 App. A: refuses characters outside %x20-7E in the named parameters. */
  checkVisible(...names: readonly string[]): void {
    for (const name of names) {
      if (!VSCHAR.test(this.get(name) ?? '')) {
        throw new InvalidRequest(`${name} has characters outside %x20-7E`, { description: `${name} is malformed.` });
      }
    }
  }

  /** The pairs as received, for storing them in an interaction. */
  get entries(): [string, string][] {
    return [...this.values].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  }
}

/** Splits a space-delimited list; repeats collapse, superfluous spaces are tolerated (RFC 6749 §3.3). */
export function spaceDelimited(value: string | undefined): readonly string[] {
  return [...new Set((value ?? '').split(' ').filter((item) => item !== ''))];
}

/** RFC 6749 §3.1: a parameter was sent more than once. */
export function repeatedParameter(name: string): Decision {
  return { rule: 'parameter.repeated', clause: 'RFC 6749 §3.1', facts: { parameter: printable(name) } };
}

/** A parameter is longer than this service takes. */
export function overlongParameter(name: string): Decision {
  const facts = { parameter: printable(name), limit: lengthLimit(name) };
  return { rule: 'parameter.overlong', clause: 'RFC 6749 §4.1.2.1', facts };
}

function printable(name: string): string {
  return name.slice(0, 64).replaceAll(/[^\x20-\x7E]/g, '?');
}
