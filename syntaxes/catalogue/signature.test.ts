import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseSignature } from './signature.js';

const brief = (text: string) => {
  const s = parseSignature(text);
  const parameters = s.parameters.map((p) => `${p.group ?? ''}${p.name}:${p.type}${p.optional ? '?' : ''}${p.repeatable ? '…' : ''}`);
  return [s.name, parameters.join(' '), s.result ?? '-', `${s.minimum}-${s.maximum ?? '∞'}`].join(' | ');
};

test('the notation of the manual is read', () => {
  assert.equal(brief('WEB STOP SERVER'), 'WEB STOP SERVER |  | - | 0-0');
  assert.equal(brief('Session : 4D.Session'), 'Session |  | 4D.Session | 0-0');
  assert.equal(
    brief('A ( * ; object : Text {; x : Integer, Text {; *}} ) : Real'),
    'A | *:Operator object:Text x:Integer, Text? *:Operator? | Real | 2-4',
  );
  assert.equal(brief('B ( {aTable : Table ;} b : Field )'), 'B | aTable:Table? b:Field | - | 1-2');
  assert.equal(brief('C {( ...value : any )} : Collection'), 'C | value:any?… | Collection | 0-∞');
  assert.equal(
    brief('D ( a : Text {; ...(b : Text ; c : any {; d : >, <})}{; *} )'),
    'D | a:Text 1b:Text?… 1c:any?… 1d:>, <?… *:Operator? | - | 1-∞',
  );
  assert.equal(brief('.create() : Boolean'), '.create |  | Boolean | 0-0');
});

test('a text that breaks the notation is told from one that keeps it', () => {
  for (const text of ['A ( b : Text', 'A ( b : Text } )', 'A ( {b : Text )', 'A ( b )', 'A ( (b : Text) )', 'A ( b : Text ) :']) {
    assert.equal(parseSignature(text).wellFormed, false, text);
  }
});

test('any text is read without an error', () => {
  const piece = fc.constantFrom('A', ' ( ', ')', '{', '}', ';', '...', '(', ':', '*', 'Text', ' ', ',');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const s = parseSignature(pieces.join(''));
      assert.ok(s.minimum <= (s.maximum ?? s.minimum));
    }),
  );
});
