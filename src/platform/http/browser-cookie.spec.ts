import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { BrowserCookie, readCookie, setCookie } from './browser-cookie.js';

function requestWith(cookie: string | undefined): FastifyRequest {
  return { headers: { cookie } } as unknown as FastifyRequest;
}

class Reply {
  readonly headers = new Map<string, unknown>();
  getHeader = (name: string): unknown => this.headers.get(name);
  removeHeader = (name: string): unknown => this.headers.delete(name);
  header = (name: string, value: unknown): unknown => this.headers.set(name, value);
  get cookies(): unknown {
    return this.headers.get('set-cookie');
  }
  get reply(): FastifyReply {
    return this as unknown as FastifyReply;
  }
}

describe('a cookie', () => {
  it.each([
    ['a=1; b=2', 'b', '2'],
    ['a=1;b=2', 'b', '2'],
    ['b=2; b=3', 'b', '2'],
    ['bb=2', 'b', undefined],
    ['b', 'b', undefined],
    ['b=', 'b', ''],
    ['b=x=y', 'b', 'x=y'],
    [undefined, 'b', undefined],
  ])('in %j named %s is %j', (header, name, value) => {
    expect(readCookie(requestWith(header), name)).toBe(value);
  });

  it('is written beside others, and once by each name', () => {
    const reply = new Reply();
    setCookie(reply.reply, { name: 'a', value: '1', secure: true });
    setCookie(reply.reply, { name: 'b', value: '2', secure: false, maxAgeSeconds: 60 });
    setCookie(reply.reply, { name: 'a', value: '3', secure: true });
    expect(reply.cookies).toEqual([
      'b=2; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
      'a=3; Path=/; HttpOnly; SameSite=Lax; Secure',
    ]);
  });

  it.each(['a;b', 'a b', 'a"b', 'a\r\nb', 'ä'])('cannot carry %j', (value) => {
    expect(() => {
      setCookie(new Reply().reply, { name: 'a', value, secure: true });
    }).toThrow();
  });

  it('is removed by an empty value that ends at once', () => {
    const reply = new Reply();
    new BrowserCookie('__Host-gatehouse-session', true).clear(reply.reply);
    expect(reply.cookies).toEqual(['__Host-gatehouse-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure']);
    expect(new BrowserCookie('a', true).read(requestWith('a='))).toBeUndefined();
  });
});
