import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Router, json } from 'express';

/**
 * An API of the company: it takes access tokens of the provider and checks them by itself (RFC 9068 section 4).
 * Reading asks for one scope and writing for another, which the user may have refused.
 */
export function demoApi({ metadata, identifier }) {
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
  const notes = ['Buy a white rabbit', 'Answer the Queen'];
  const expected = { issuer: metadata.issuer, audience: identifier, typ: 'at+jwt', algorithms: ['ES256'] };

  const allow = (scope) => async (request, response, next) => {
    const [, token] = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const verified = token && (await jwtVerify(token, keys, expected).catch(() => undefined));
    if (token === undefined) {
      response.set('WWW-Authenticate', 'Bearer').sendStatus(401);
    } else if (!verified) {
      response.set('WWW-Authenticate', 'Bearer error="invalid_token"').status(401).json({ error: 'invalid_token' });
    } else if (!verified.payload.scope.split(' ').includes(scope)) {
      response.set('WWW-Authenticate', `Bearer error="insufficient_scope", scope="${scope}"`);
      response.status(403).json({ error: 'insufficient_scope', scope });
    } else {
      next();
    }
  };

  const api = Router();
  api.get('/notes', allow('notes:read'), (request, response) => response.json({ notes }));
  api.post('/notes', allow('notes:write'), json(), (request, response) => {
    notes.push(String(request.body.text).slice(0, 200));
    response.status(201).json({ notes });
  });
  return api;
}
