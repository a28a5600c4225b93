import type { CorsPolicy } from './cors.js';

interface KnownRoute {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
  readonly cors: Map<string, CorsPolicy>;
}

/** What is known about a path, whatever the method it was asked with. */
export interface PathFacts {
  readonly methods: readonly string[];
  /** The policy of each method that scripts of other origins may use. */
  readonly cors: ReadonlyMap<string, CorsPolicy>;
}

/** Every route of the service, so that a wrong method on a known path is told which ones are right. */
export class KnownRoutes {
  private readonly routes = new Map<string, KnownRoute>();

  add(method: string, pattern: string, cors: CorsPolicy | undefined): void {
    const known = this.routes.get(pattern) ?? { segments: pattern.split('/'), methods: new Set(), cors: new Map() };
    known.methods.add(method);
    if (cors !== undefined && method !== 'HEAD') known.cors.set(method, cors);
    this.routes.set(pattern, known);
  }

  /** The methods that a path has; undefined for a path that no route knows. */
  facts(path: string): PathFacts | undefined {
    const segments = path.split('/');
    const matching = [...this.routes.values()].filter((route) => matches(route.segments, segments));
    if (matching.length === 0) return undefined;
    const cors = new Map(matching.flatMap((route) => [...route.cors]));
    const methods = new Set(matching.flatMap((route) => [...route.methods]));
    if (cors.size > 0) methods.add('OPTIONS');
    return { methods: [...methods].sort(), cors };
  }

  /** Every route as `METHOD /path`, for checks that all of them keep a rule. */
  list(): readonly string[] {
    return [...this.routes].flatMap(([pattern, route]) => [...route.methods].map((method) => `${method} ${pattern}`));
  }
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.at(-1)?.startsWith('*') === true) return matchesStart(pattern.slice(0, -1), path);
  return pattern.length === path.length && matchesStart(pattern, path);
}

function matchesStart(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.every((part, index) => {
    const given = path[index];
    if (given === undefined) return false;
    return part.startsWith(':') ? given !== '' : decoded(given) === part;
  });
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
