import { PostedForm } from '#platform/http/index.js';
import { describe, expect, it } from 'vitest';
import { missingFields, refusedFields, setUpFields } from './set-up-form.js';

describe('setUpFields', () => {
  it('trims names but never a password', () => {
    const form = new PostedForm([
      ['email', ' root@acme.example '],
      ['name', ' Root '],
      ['password', ' correct horse '],
    ]);
    expect(setUpFields(form)).toEqual({ email: 'root@acme.example', name: 'Root', password: ' correct horse ' });
  });
});

describe('missingFields', () => {
  it.each([
    [{ email: 'a@b', name: 'A', password: 'p' }, []],
    [{ email: '', name: '', password: '' }, ['email', 'name', 'password']],
    [{ email: 'a@b', name: '', password: 'p' }, ['name']],
  ])('%j lacks %j', (fields, missing) => {
    expect(missingFields(fields)).toEqual(missing.map((field) => ({ field, kind: 'missing' })));
  });
});

describe('refusedFields', () => {
  it('says what is taken or invalid beside its field', () => {
    expect(refusedFields({ outcome: 'taken', pointer: '#/username' })).toEqual([{ field: 'email', kind: 'taken' }]);
    const problems = ['#/username', '#/email', '#/name'].map((pointer) => ({ pointer, detail: '…' }));
    expect(refusedFields({ outcome: 'invalid', problems })).toEqual([
      { field: 'email', kind: 'invalid' },
      { field: 'name', kind: 'invalid' },
    ]);
  });
});
