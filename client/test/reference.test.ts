/** The reference is what the product declares now. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { referencePage } from '../build/reference.mjs';

test('the reference pages are fresh; “npm run reference” writes them anew', () => {
  for (const language of ['en', 'es'])
    assert.equal(referencePage(language), readFileSync(`docs/${language}/reference.md`, 'utf8'), language);
});
