import { describe, expect, it } from 'vitest';
import { aSealedEvent as event } from './sealed-event.spec-support.js';
import { syslogDatagram, syslogFrame, syslogMessage } from './syslog-message.js';

const sender = { host: 'login.corp.example', process: '42' };

describe('a syslog message', () => {
  it('says when, who and what, and carries the event as JSON (RFC 5424 §6)', () => {
    expect(syslogMessage(event(), sender)).toBe(
      '<110>1 2026-01-02T03:04:05.678Z login.corp.example gatehouse 42 user.signed_in [meta sequenceId="7"] ' +
        '{"id":"e1","name":"user.signed_in","user_id":"u1","details":{"session_id":"s1"},"created_at":"2026-01-02T03:04:05.678Z","sequence":7}',
    );
  });

  it('warns of what somebody should look at (RFC 5424 §6.2.1)', () => {
    expect(syslogMessage(event({ name: 'sign_in.failed' }), sender)).toMatch(/^<108>1 /);
  });

  it('is ASCII in one line, whatever an event says (RFC 5424 §6.4)', () => {
    const message = syslogMessage(event({ details: { name: 'Zoë\n<34>1 林' } }), sender);
    expect(message).toMatch(/^[\x20-\x7e]+$/);
    expect((JSON.parse(message.slice(message.indexOf('{'))) as Record<string, unknown>)['details']).toEqual({
      name: 'Zoë\n<34>1 林',
    });
  });

  it('has fields of no more than their length, and a dash for none (RFC 5424 §6.2)', () => {
    const message = syslogMessage(event({ name: 'n'.repeat(64) }), { host: '', process: '4 2' });
    expect(message).toContain(` - gatehouse 42 ${'n'.repeat(32)} [`);
  });

  it('counts on from 1 after the largest sequenceId (RFC 5424 §7.3.1)', () => {
    expect(syslogMessage(event({ sequence: 2_147_483_648 }), sender)).toContain('sequenceId="1"');
  });

  it('is preceded by its length in octets on a connection (RFC 6587 §3.4.1)', () => {
    const [, length, message = ''] = /^(\d+) (.*)$/s.exec(syslogFrame(event(), sender)) ?? [];
    expect(Number(length)).toBe(Buffer.byteLength(message));
  });

  it('fits a datagram, if need be without its details (RFC 5426 §3.2)', () => {
    const datagram = syslogDatagram(event({ details: { changes: 'x'.repeat(70_000) } }), sender);
    expect(datagram.length).toBeLessThan(1000);
    expect(datagram.toString()).toContain('"details":{"shortened":true}');
  });
});
