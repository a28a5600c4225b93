/** What files look like, by media type. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'text/csv': 'username,email,email_verified,groups\nbob,bob@example.com,true,travellers\n',
  'application/x-ndjson':
    '{"username":"bob","email":"bob@example.com","email_verified":true,"groups":["travellers"]}\n',
};

/** A body that is a file: its lines are for whoever reads it, not for a schema. */
export function fileContent(type: string): { readonly schema: object; readonly example: string } {
  return { schema: { type: 'string' }, example: EXAMPLES[type] ?? '' };
}
