import { expect, it } from 'vitest';
import { readSyslogTarget } from './syslog-target.js';

it.each([
  ['udp://siem.corp.example', { transport: 'udp', host: 'siem.corp.example', port: 514 }],
  ['tcp://siem', { transport: 'tcp', host: 'siem', port: 601 }],
  ['TLS://siem:7000/', { transport: 'tls', host: 'siem', port: 7000 }],
  ['tls://[2001:db8::1]', { transport: 'tls', host: '2001:db8::1', port: 6514 }],
])('%s is a syslog server', (text, value) => {
  expect(readSyslogTarget(text)).toEqual({ ok: true, value });
});

it.each([
  'siem:514',
  'http://siem',
  'tcp://',
  'tcp://a:b@siem',
  'tcp://siem:0',
  'tcp://siem:70000',
  'tcp://siem/x',
  '',
])('"%s" is none', (text) => {
  expect(readSyslogTarget(text).ok).toBe(false);
});
