import assert from 'node:assert/strict';
import test from 'node:test';
import { documentationUrl } from './documentationUrl.js';

test('addresses of 4D pages by language and version', () => {
  const slug = 'commands/web-legacy-close-session';
  assert.equal(documentationUrl(slug, 'en'), 'https://developer.4d.com/docs/commands/web-legacy-close-session');
  assert.equal(documentationUrl(slug, 'es'), 'https://developer.4d.com/docs/es/commands/web-legacy-close-session');
  assert.equal(documentationUrl(slug, 'es', '21 R3'), 'https://developer.4d.com/docs/es/21-R3/commands/web-legacy-close-session');
  assert.equal(documentationUrl(slug, 'en', '21'), 'https://developer.4d.com/docs/21/commands/web-legacy-close-session');
  assert.equal(documentationUrl(slug, 'en', '20 R7'), documentationUrl(slug, 'en'));
  assert.equal(documentationUrl('WebServer/sessions', 'en', '20'), 'https://developer.4d.com/docs/20/WebServer/sessions');
  assert.equal(documentationUrl('WebServer/sessions', 'en', 'v13'), 'https://developer.4d.com/docs/WebServer/sessions');
});
