import type { Html, Tag } from './html.js';

/** What a person does to a form before pressing a button: text by field name, ticks and choices by their values. */
export type Filling = Readonly<Record<string, string | readonly string[]>>;

/** A form as a browser would send it. */
export interface Submission {
  readonly method: string;
  readonly action: string;
  readonly entries: readonly (readonly [string, string])[];
}

const TEXTUAL = new Set(['text', 'email', 'password', 'search', 'tel', 'url']);

/**
 * Fills in the form of a button and presses it; only what the page offers can be filled in (HTML, form submission).
 * The button is named by its id (`#sign-in`) or by what it sends (`action=withdraw`); a hidden field in the filling
 * says which of several alike forms is meant.
 */
export function press(page: Html, selector: string, filling: Filling): Submission {
  const button = buttonsOf(page, selector).find((one) => hidesAll(page, one, filling));
  if (button === undefined) throw new Error(`the page has no such ${selector}: ${page.words.slice(0, 400)}`);
  const form = formOf(page, button);
  const controls = controlsOf(page, form);
  checkOffered(controls, filling);
  const entries = controls.flatMap((control) => entriesOf(control, filling, button));
  return {
    method: (form.attributes.get('method') ?? 'get').toUpperCase(),
    action: form.attributes.get('action') ?? '',
    entries,
  };
}

function buttonsOf(page: Html, selector: string): readonly Tag[] {
  const [name, value] = selector.split('=');
  return page.tags.filter(({ name: tag, attributes }) => {
    if (selector.startsWith('#')) return attributes.get('id') === selector.slice(1);
    return tag === 'button' && attributes.get('name') === name && attributes.get('value') === value;
  });
}

function hidesAll(page: Html, button: Tag, filling: Filling): boolean {
  const hidden = controlsOf(page, formOf(page, button)).filter(({ attributes }) => attributes.get('type') === 'hidden');
  return hidden.every(({ attributes }) => {
    const wanted = filling[attributes.get('name') ?? ''];
    return wanted === undefined || wanted === attributes.get('value');
  });
}

function formOf(page: Html, control: Tag): Tag {
  const named = control.attributes.get('form');
  const form =
    named === undefined
      ? page.tags.find((tag) => tag.name === 'form' && tag.start < control.start && page.endOf(tag) > control.start)
      : page.find(named);
  if (form === undefined) throw new Error(`#${control.attributes.get('id') ?? control.name} belongs to no form`);
  return form;
}

function controlsOf(page: Html, form: Tag): readonly Tag[] {
  const end = page.endOf(form);
  const id = form.attributes.get('id');
  return page.tags.filter((tag) => {
    if (!['input', 'button', 'select', 'textarea'].includes(tag.name)) return false;
    const named = tag.attributes.get('form');
    return named === undefined ? tag.start > form.start && tag.start < end : named === id;
  });
}

function checkOffered(controls: readonly Tag[], filling: Filling): void {
  for (const [name, value] of Object.entries(filling)) {
    const fields = controls.filter(({ attributes }) => attributes.get('name') === name);
    if (fields.length === 0) throw new Error(`the form has no field ${name}`);
    const offered = fields.map(({ attributes }) => attributes.get('value'));
    const absent = isText(fields[0]) ? undefined : [value].flat().find((one) => !offered.includes(one));
    if (absent !== undefined) throw new Error(`the form does not offer ${absent} as ${name}`);
  }
}

function isText(tag: Tag | undefined): boolean {
  if (tag?.name === 'textarea') return true;
  return tag?.name === 'input' && TEXTUAL.has(tag.attributes.get('type') ?? 'text');
}

function entriesOf(control: Tag, filling: Filling, pressed: Tag): [string, string][] {
  const { attributes } = control;
  const name = attributes.get('name');
  if (name === undefined || attributes.has('disabled')) return [];
  const value = attributes.get('value') ?? '';
  if (control.name === 'button') return control === pressed ? [[name, value]] : [];
  const filled = filling[name];
  const type = attributes.get('type') ?? 'text';
  if (type === 'checkbox' || type === 'radio') {
    const chosen = filled === undefined ? attributes.has('checked') : [filled].flat().includes(value);
    return chosen ? [[name, value]] : [];
  }
  return [[name, typeof filled === 'string' && isText(control) ? filled : value]];
}
