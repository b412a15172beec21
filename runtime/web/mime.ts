/** Types of the files that web folders hold, by extension in lower case. */
const types: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  map: 'application/json',
  mjs: 'text/javascript',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  shtm: 'text/html',
  shtml: 'text/html',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ttf: 'font/ttf',
  txt: 'text/plain',
  wasm: 'application/wasm',
  webm: 'video/webm',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  xhtml: 'application/xhtml+xml',
  xml: 'text/xml',
  xsl: 'text/xml',
  zip: 'application/zip',
};

/** Type of a file by its name, `application/octet-stream` when unknown. */
export function mimeOfFile(name: string): string {
  return mimeOfExtension(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream';
}

/** Type of an extension, with or without its dot. */
export function mimeOfExtension(extension: string): string | undefined {
  const key = extension.replace(/^\./, '').toLowerCase();
  return Object.hasOwn(types, key) ? types[key] : undefined;
}

/** A text's Content-Type says its character set. */
export function withCharset(type: string): string {
  return /^(text\/|application\/(json|xml|javascript|xhtml))/i.test(type) && !/charset=/i.test(type) ? `${type}; charset=UTF-8` : type;
}

/** Pages that are processed for 4D tags when they are asked for by URL: `.htm` and `.html` are not (4D page `WebServer/templates`). */
export function isTemplateFile(name: string): boolean {
  return /\.(shtml?|xml|xsl)$/i.test(name);
}

/** Text files in which WEB SEND FILE processes tags (facts: web-sessions §4.1; 4D page `WebServer/templates`). */
export function isTagText(name: string): boolean {
  return /\.(s?html?|xml|xsl)$/i.test(name);
}
