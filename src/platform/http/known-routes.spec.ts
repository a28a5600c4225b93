import { describe, expect, it } from 'vitest';
import { KnownRoutes } from './known-routes.js';

function routes(): KnownRoutes {
  const known = new KnownRoutes();
  known.add('GET', '/api/v1/clients', undefined);
  known.add('POST', '/api/v1/clients', undefined);
  known.add('GET', '/api/v1/clients/:id', undefined);
  known.add('DELETE', '/api/v1/clients/:id', undefined);
  known.add('POST', '/api/v1/clients/search', undefined);
  known.add('POST', '/oauth2/token', 'clients');
  known.add('GET', '/files/*', undefined);
  return known;
}

describe('the routes of a path (RFC 9110 §15.5.6)', () => {
  it.each([
    ['/api/v1/clients', ['GET', 'POST']],
    ['/api/v1/clients/a', ['DELETE', 'GET']],
    ['/api/v1/clients/a%2Fb', ['DELETE', 'GET']],
    ['/api/v1/clients/search', ['DELETE', 'GET', 'POST']],
    ['/%61pi/v1/clients', ['GET', 'POST']],
    ['/oauth2/token', ['OPTIONS', 'POST']],
    ['/files/a/b', ['GET']],
  ])('%s has %j', (path, methods) => {
    expect(routes().facts(path)?.methods).toEqual(methods);
  });

  it.each(['/', '/api/v1', '/api/v1/clients/', '/api/v1/clients/a/b', '/API/v1/clients', '/api/v1/clients/%ff/x', ''])(
    '%s is unknown',
    (path) => {
      expect(routes().facts(path)).toBeUndefined();
    },
  );

  it('are listed one by one', () => {
    expect(routes().list()).toContain('DELETE /api/v1/clients/:id');
    expect(routes().list()).toHaveLength(7);
  });
});
