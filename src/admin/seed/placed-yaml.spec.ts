import { describe, expect, it } from 'vitest';
import { placedYaml, YamlFault } from './placed-yaml.js';

const TEXT = `# a client
client_id: desk
redirect_uris:
  - https://a.example/

  - https://b.example/
jwks:
  keys:
    - { kty: EC,
        crv: P-256 }
`;

describe('YAML whose places are known', () => {
  it.each([
    ['#', 2],
    ['#/client_id', 2],
    ['#/redirect_uris', 3],
    ['#/redirect_uris/1', 6],
    ['#/jwks/keys/0/crv', 10],
    ['#/jwks/keys/7', 8],
    ['#/not_there', 2],
  ])('says where %s stands (RFC 6901 §6)', (pointer, line) => {
    expect(placedYaml(TEXT).lineOf(pointer)).toBe(line);
  });

  it('knows names with signs that a pointer escapes', () => {
    expect(placedYaml('a: 1\na/b~c: 2\n').lineOf('#/a~1b~0c')).toBe(2);
  });

  it.each([
    ['a name twice', 'a: 1\nb: 2\na: 3\n', 'DUPLICATE_KEY', 3],
    ['two documents', 'a: 1\n---\nb: 2\n', 'MULTIPLE_DOCS', 2],
    ['an open bracket', 'a: [1,\n', 'BAD_INDENT', 2],
  ])('refuses %s, and says where', (_, text, code, line) => {
    const fault = faultOf(text);
    expect([fault?.code, fault?.line]).toEqual([code, line]);
  });

  it('does not let a few lines stand for many', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [before, name] of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
      ['d', 'e'],
      ['e', 'f'],
    ] as const) {
      lines.push(`${name}: &${name} [${Array<string>(9).fill(`*${before}`).join(', ')}]`);
    }
    expect(faultOf(lines.join('\n'))?.code).toBe('TOO_MANY_ALIASES');
    expect(placedYaml('a: &a [x]\nb: *a\n').value).toEqual({ a: ['x'], b: ['x'] });
  });
});

function faultOf(text: string): YamlFault | undefined {
  try {
    placedYaml(text);
  } catch (error) {
    if (error instanceof YamlFault) return error;
    throw error;
  }
  return undefined;
}
