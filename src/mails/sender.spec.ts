import { describe, expect, it } from 'vitest';
import { senderOf } from './sender.js';

describe('senderOf', () => {
  it.each([
    ['no-reply@acme.example', { name: 'Acme', address: 'no-reply@acme.example' }],
    ['<no-reply@acme.example>', { name: 'Acme', address: 'no-reply@acme.example' }],
    ['Acme Login <no-reply@acme.example>', { name: 'Acme Login', address: 'no-reply@acme.example' }],
    ['"Acme, Login" <no-reply@acme.example>', { name: 'Acme, Login', address: 'no-reply@acme.example' }],
  ])('%s', (from, sender) => {
    expect(senderOf({ from }, { companyName: 'Acme' })).toEqual(sender);
  });
});
