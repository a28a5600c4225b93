import { describe, expect, it } from 'vitest';
import { checkSeed, inSeed } from './seed-plan.js';

const pointersOf = (seed: unknown): string[] => checkSeed(seed).problems.map(({ pointer }) => pointer);

describe('a seed', () => {
  it('may have no more than the parts it needs', () => {
    const { plan, problems } = checkSeed({ clients: [{ client_id: 'a', client_secret: 's' }] });
    expect(problems).toEqual([]);
    expect(plan.users).toEqual([]);
    expect(plan.clients.map(({ message, problems: faults }) => [Object.assign({}, message), faults])).toEqual([
      [{ client_id: 'a', client_secret: 's' }, []],
    ]);
  });

  it('may be empty', () => {
    expect(pointersOf({ resources: null, identity_providers: [], settings: {} })).toEqual([]);
  });

  it.each([null, [], 'text'])('must be an object: %j', (seed) => {
    expect(pointersOf(seed)).toEqual(['#']);
  });

  it('names every fault of the whole at once', () => {
    const seed = { foo: 1, users: {}, identity_providers: 1, settings: [] };
    expect(pointersOf(seed)).toEqual(['#/foo', '#/settings', '#/users', '#/identity_providers']);
  });

  it('keeps the faults of an element with the element', () => {
    const { plan, problems } = checkSeed({ users: [{ username: 'a' }, { username: 5, foo: 1 }, 7] });
    expect(problems).toEqual([]);
    expect(plan.users.map((user) => user.problems.map(({ pointer }) => pointer))).toEqual([
      [],
      ['#/foo', '#/username'],
      ['#'],
    ]);
  });

  it('keeps the faults of the settings with the settings', () => {
    const { plan, problems } = checkSeed({ settings: { a: 1, second_factor: 'required' } });
    expect(problems).toEqual([]);
    expect(plan.settings.problems.map(({ pointer }) => pointer)).toEqual(['#/a']);
    expect(plan.settings.message.second_factor).toBe('required');
  });

  it('needs a fixed id of each client, for otherwise each start would register another', () => {
    const [client] = checkSeed({ clients: [{ redirect_uris: [] }] }).plan.clients;
    expect(client?.problems.map(({ pointer }) => pointer)).toEqual(['#/client_id']);
  });

  it('says where in it a fault of an element is', () => {
    const faults = [
      { pointer: '#', detail: 'x' },
      { pointer: '#/redirect_uris/0', detail: 'y' },
    ];
    expect(inSeed('clients/3', faults).map(({ pointer }) => pointer)).toEqual([
      '#/clients/3',
      '#/clients/3/redirect_uris/0',
    ]);
  });
});
