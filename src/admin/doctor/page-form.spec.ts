import { describe, expect, it } from 'vitest';
import { formAround } from './page-form.js';

const PAGE = `
<form method="post" action="/language"><input type="hidden" name="to" value="en"/></form>
<form method="post" action="/consent?interaction=1&amp;x=%22" class="wide">
  <input type="hidden" name="csrf" value="a&quot;b&amp;c"/>
  <input type="radio" name="duration" value="once"/>
  <input type="radio" name="duration" value="days:30" checked/>
  <input type="checkbox" name="scope" value="email" checked/>
  <input type="checkbox" name="scope" value="phone"/>
  <input type="text" name="note" value="typed"/>
  <button id="consent-allow" name="decision" value="allow">Allow</button>
</form>
<form method="post" id="other"><input type="hidden" name="csrf" value="other"/></form>`;

describe('the form around an element', () => {
  it('is sent as served: hidden fields, and what is ticked', () => {
    const form = formAround(PAGE, 'consent-allow');
    expect(form?.action).toBe('/consent?interaction=1&x=%22');
    expect([...(form?.fields ?? [])]).toEqual([
      ['csrf', 'a"b&c'],
      ['duration', 'days:30'],
      ['scope', 'email'],
    ]);
  });

  it('is sent to the page itself when it does not say where', () => {
    expect(formAround(PAGE, 'other')?.action).toBe('');
  });

  it('is not there when the page does not have the element, or has it outside of any form', () => {
    expect(formAround(PAGE, 'sign-in')).toBeUndefined();
    expect(formAround('<p id="sign-in"></p><form action="/x"></form>', 'sign-in')).toBeUndefined();
  });
});
