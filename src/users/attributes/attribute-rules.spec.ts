import { describe, expect, it } from 'vitest';
import type { AttributeConstraints, AttributeDeclaration } from './attribute.js';
import { declarationProblems } from './attribute-rules.js';
import { valueProblem } from './attribute-value-rules.js';

function declared(changes: Partial<AttributeDeclaration> = {}): AttributeDeclaration {
  return {
    name: 'cost_centre',
    type: 'string',
    list: false,
    required: false,
    unique: false,
    visibleTo: 'administrators',
    editableBy: 'administrators',
    title: 'Cost centre',
    translations: {},
    constraints: {},
    ...changes,
  };
}

describe('what can be declared about an attribute', () => {
  it('is all that the types know', () => {
    expect(declarationProblems(declared())).toEqual([]);
    expect(declarationProblems(declared({ unique: true, visibleTo: 'user', editableBy: 'user' }))).toEqual([]);
    expect(declarationProblems(declared({ type: 'enum', constraints: { choices: ['a', 'b'] }, list: true }))).toEqual(
      [],
    );
    expect(declarationProblems(declared({ visibleTo: 'nobody', editableBy: 'nobody' }))).toEqual([]);
    const translations = { 'zh-CN': { title: '成本中心', description: '四位数字' } };
    expect(declarationProblems(declared({ translations }))).toEqual([]);
  });

  it.each<[string, Partial<AttributeDeclaration>, string]>([
    ['a name with capitals', { name: 'Cost' }, '#/name'],
    ['a name that begins with a digit', { name: '1st' }, '#/name'],
    ['a name that is too long', { name: 'x'.repeat(64) }, '#/name'],
    ['the name of a standard claim', { name: 'email_verified' }, '#/name'],
    ['the name of a member of users', { name: 'groups' }, '#/name'],
    ['no title', { title: ' ' }, '#/title'],
    ['a description of two lines', { description: 'a\nb' }, '#/description'],
    ['a language that is none', { translations: { 'not a tag': { title: 'x' } } }, '#/translations'],
    ['a translation without words', { translations: { de: { title: '' } } }, '#/translations/de/title'],
    ['an editor who cannot see it', { editableBy: 'user' }, '#/editable_by'],
    ['an enum without choices', { type: 'enum' }, '#/choices'],
    ['a choice twice', { type: 'enum', constraints: { choices: ['a', 'a'] } }, '#/choices'],
    ['an empty choice', { type: 'enum', constraints: { choices: ['a', ''] } }, '#/choices/1'],
    ['choices for a string', { constraints: { choices: ['a'] } }, '#/choices'],
    ['a length for a number', { type: 'number', constraints: { maxLength: 3 } }, '#/max_length'],
    ['a range the wrong way round', { type: 'number', constraints: { minimum: 3, maximum: 2 } }, '#/maximum'],
    ['lengths the wrong way round', { constraints: { minLength: 3, maxLength: 2 } }, '#/max_length'],
    ['a length beyond what is kept', { constraints: { maxLength: 1001 } }, '#/max_length'],
    ['items of something that is no list', { constraints: { maxItems: 3 } }, '#/max_items'],
    ['a list of nothing', { list: true, constraints: { maxItems: 0 } }, '#/max_items'],
    ['unique lists', { list: true, unique: true }, '#/unique'],
    ['unique flags', { type: 'boolean', unique: true }, '#/unique'],
  ])('is not %s', (_, changes, pointer) => {
    expect(declarationProblems(declared(changes)).map((problem) => problem.pointer)).toEqual([pointer]);
  });
});

describe('what the value of an attribute can be', () => {
  it.each<[AttributeDeclaration['type'], AttributeConstraints, unknown[], unknown[]]>([
    ['string', {}, ['a', 'x'.repeat(1000)], ['', ' ', 'a\nb', 'x'.repeat(1001), 1, true, {}, ['a']]],
    ['string', { minLength: 2, maxLength: 3 }, ['ab', 'abc'], ['a', 'abcd']],
    ['number', {}, [0, -1, 1.5], ['1', Number.NaN, Infinity, true, [1]]],
    ['number', { minimum: 1, maximum: 3 }, [1, 3, 2.5], [0.9, 3.1]],
    ['boolean', {}, [true, false], ['true', 0, 1]],
    ['date', {}, ['2026-02-28', '2028-02-29'], ['2026-02-29', '2026-2-1', '2026', '2026-01-01T00:00:00Z']],
    [
      'url',
      {},
      ['https://a.example/x'],
      ['javascript:alert(1)', 'a.example', 'https://', `https://a/${'x'.repeat(2048)}`],
    ],
    ['email', {}, ['a@b.example'], ['a', 'a@', 'a b@c']],
    ['enum', { choices: ['a', 'b'] }, ['a'], ['c', 'A', 1]],
  ])('%s with %j', (type, constraints, good, bad) => {
    const problem = (value: unknown) => valueProblem({ type, constraints, list: false }, value);
    for (const value of good) expect(problem(value), JSON.stringify(value)).toBeUndefined();
    for (const value of bad) expect(problem(value), JSON.stringify(value)).toMatch(/^must /);
  });

  it('is a list of such values, if it is declared so', () => {
    const problem = (value: unknown) =>
      valueProblem({ type: 'number', constraints: { maxItems: 2 }, list: true }, value);
    expect(problem([1, 2])).toBeUndefined();
    expect(problem(1)).toMatch(/list/);
    expect(problem([])).toMatch(/list/);
    expect(problem([1, 2, 3])).toBe('must not have more than 2 items');
    expect(problem([1, 'a'])).toMatch(/^has an item that must be a number/);
    const long = Array.from({ length: 50 }, () => '漢'.repeat(1000));
    expect(valueProblem({ type: 'string', constraints: {}, list: true }, long)).toBe('is too long');
  });
});
