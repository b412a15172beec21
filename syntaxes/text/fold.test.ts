import assert from 'node:assert/strict';
import test from 'node:test';
import { languageOf, say } from './bilingual.js';
import { fold } from './fold.js';

test('names compare without case, diacritics and doubled blanks', () => {
  assert.equal(fold('WEB  DÉMARRER  SERVEUR'), 'web demarrer serveur');
  assert.equal(fold('Basket_Add'), fold('basket_add'));
});

test('a text is said in one language with its places filled', () => {
  assert.equal(say({ en: '{0} of {1}', es: '{0} de {1}' }, 'es', 1, 2), '1 de 2');
  assert.equal(say({ en: 'no {5}', es: '' }, 'en', 1), 'no {5}');
  assert.equal(languageOf('es-MX'), 'es');
  assert.equal(languageOf('et'), 'en');
});
