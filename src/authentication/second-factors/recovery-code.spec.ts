import { describe, expect, it } from 'vitest';
import { recoveryCode, typedRecoveryCode } from './recovery-code.js';

describe('recovery codes', () => {
  it('have every bit of their bytes, in groups that can be read from paper', () => {
    expect(recoveryCode(Buffer.alloc(10))).toBe('0000-0000-0000-0000');
    expect(recoveryCode(Buffer.alloc(10, 255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
    expect(recoveryCode(Buffer.from('0102030405060708090a', 'hex'))).toBe('0410-6105-0R3G-G28A');
  });

  it.each([
    ['7k2m 9qxa-00cvhrt3', '7K2M-9QXA-00CV-HRT3'],
    [' 7K2M-9QXA-OOCV-HRT3 ', '7K2M-9QXA-00CV-HRT3'],
    ['1111-1111-il1L-1111', '1111-1111-1111-1111'],
  ])('are read from %j whatever their case, blanks and look-alikes', (typed, code) => {
    expect(typedRecoveryCode(typed)).toBe(code);
  });

  it.each(['', '7K2M', '7K2M-9QXA-00CV-HRTU', '7K2M-9QXA-00CV-HRT33'])('are not read from %j', (typed) => {
    expect(typedRecoveryCode(typed)).toBeUndefined();
  });
});
