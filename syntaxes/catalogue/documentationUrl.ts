import type { Language } from '#syntaxes/text/bilingual.js';

const site = 'https://developer.4d.com/docs/';

/**
 * The address of a page of 4D's documentation.
 *
 * English pages have no language in their address, Spanish ones have `es/`; without a version it is the newest release's page.
 * @param slug path of the page without extension, as the catalogue has it: `commands/web-legacy-close-session`
 * @param version as 4D writes it: `21`, `21 R3`. Command pages have been on this site since 20 R8; for anything older the newest page is named.
 */
export function documentationUrl(slug: string, language: Language, version?: string): string {
  const release = version === undefined ? undefined : releaseFolder(slug, version);
  return site + (language === 'es' ? 'es/' : '') + (release ? `${release}/` : '') + slug.replace(/^\/+/, '');
}

function releaseFolder(slug: string, version: string): string | undefined {
  const match = /^(\d+)(?:[ -]?R(\d+))?$/i.exec(version.trim());
  if (!match) return undefined;
  const [major, minor] = [Number(match[1]), Number(match[2] ?? 0)];
  if (major < 19 || (/(?:^|\/)commands\//.test(slug) && (major < 20 || (major === 20 && minor < 8)))) return undefined;
  return minor > 0 ? `${major}-R${minor}` : `${major}`;
}
