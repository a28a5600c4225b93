import { describe, expect, it } from 'vitest';
import { visibleText } from './visible-text.js';

describe('the visible text of a page', () => {
  const page = (main: string) =>
    `<html><head><title>T</title></head><body><p>above</p><main class="card">${main}</main></body></html>`;

  it.each([
    ['a line for each block', '<h1>One</h1><p>Two</p><ul><li>Three</li></ul>', ['One', 'Two', 'Three']],
    ['what stands within a line in one', '<p>Read <bdi>all</bdi>, <strong>now</strong></p>', ['Read all, now']],
    ['no drawing and no attribute', '<p title="a > b"><svg><path d="M1"/></svg>Text</p>', ['Text']],
    ['no initials', '<span class="badge" aria-hidden="true">T</span><h1>Travel</h1>', ['Travel']],
    ['what a browser decodes', '<p>&lt;b&gt; &amp;lt; &quot;x&quot; &#39;</p>', ['<b> &lt; "x" \'']],
    ['no empty lines', '<p> </p><form><input type="checkbox" value="x"/>\n  <button>Allow</button></form>', ['Allow']],
  ])('has %s', (_title, main, lines) => {
    expect(visibleText(page(main))).toEqual(lines);
  });

  it('is nothing where there is no main', () => {
    expect(visibleText('<html><body><p>above</p></body></html>')).toEqual([]);
  });
});
