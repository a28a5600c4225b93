import { expect, it } from 'vitest';
import { maskedAddress } from './masked-address.js';

it.each([
  ['alice@acme.example', 'al…@acme.example'],
  ['al@acme.example', 'a…@acme.example'],
  ['"odd@name"@acme.example', '"o…@acme.example'],
])('%s is shown as %s to whoever has only the password', (address, shown) => {
  expect(maskedAddress(address)).toBe(shown);
});
