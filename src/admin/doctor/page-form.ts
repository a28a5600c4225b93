/** A form of a page as it would be sent when nothing is changed in it. */
export interface PageForm {
  /** Empty when the form is sent to the page itself. */
  readonly action: string;
  readonly fields: URLSearchParams;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The form that holds the element with the id; undefined when the page has none. */
export function formAround(html: string, id: string): PageForm | undefined {
  const forms = html.split(/(?=<form\b)/i).slice(1);
  const form = forms.map((text) => text.split(/<\/form>/i)[0] ?? '').find((text) => text.includes(` id="${id}"`));
  if (form === undefined) return undefined;
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    if (name !== undefined && isSent(tag)) fields.append(name, attribute(tag, 'value') ?? '');
  }
  return { action: attribute(form, 'action') ?? '', fields };
}

function isSent(tag: string): boolean {
  const type = attribute(tag, 'type');
  return type === 'hidden' || ((type === 'radio' || type === 'checkbox') && /\schecked\b/i.test(tag));
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value?.replace(/&(amp|lt|gt|quot|#39);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}
