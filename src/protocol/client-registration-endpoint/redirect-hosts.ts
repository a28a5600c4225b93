/** Whether a URI leads to one of the hosts, where `*.example.com` stands for every host below example.com. */
export function leadsToOneOf(hosts: readonly string[], uri: string): boolean {
  const host = URL.canParse(uri) ? new URL(uri).hostname : '';
  return hosts.some((pattern) => {
    if (pattern.startsWith('*.')) return host.endsWith(pattern.slice(1)) && host.length >= pattern.length;
    return host !== '' && (host === pattern || host === `[${pattern}]`);
  });
}
