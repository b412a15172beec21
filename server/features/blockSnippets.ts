import { CompletionItemKind } from 'vscode-languageserver';
import type { Keyword } from '#syntaxes/catalogue/types.js';
import { fold } from '#syntaxes/text/fold.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Choice } from './completion.types.js';

/** Whole blocks by the keyword that opens them, in LSP's snippet syntax; `\$` is the sign of a local variable. */
const blocks: Readonly<Record<string, string>> = {
  If: 'If (${1:condition})\n\t$0\nEnd if ',
  'Case of': 'Case of \n\t: (${1:condition})\n\t\t$0\n\tElse \n\t\t\nEnd case ',
  While: 'While (${1:condition})\n\t$0\nEnd while ',
  Repeat: 'Repeat \n\t$0\nUntil (${1:condition})',
  For: 'For (\\$${1:i}; ${2:1}; ${3:last})\n\t$0\nEnd for ',
  'For each': 'For each (\\$${1:item}; ${2:collection})\n\t$0\nEnd for each ',
  Use: 'Use (${1:shared})\n\t$0\nEnd use ',
  Try: 'Try\n\t$0\nCatch\n\t\nEnd try',
  'Begin SQL': 'Begin SQL\n\t$0\nEnd SQL',
  '#DECLARE': '#DECLARE(\\$${1:name} : ${2:Text})',
  var: 'var \\$${1:name} : ${2:Text}',
};
const inClasses: Readonly<Record<string, string>> = {
  'Class constructor': 'Class constructor($1)\n\t$0',
  Function: 'Function ${1:name}($2)\n\t$0',
  'Function get': 'Function get ${1:name}() : ${2:Text}\n\t$0',
  property: 'property ${1:name} : ${2:Text}',
};

/** Words of the language that go on from what is typed; where the client takes snippets, blocks come whole. */
export function keywords(snapshot: Snapshot, typed: string, snippets: boolean): Choice[] {
  if (typed === '') return [];
  const key = fold(typed);
  const inClass = snapshot.source?.kind === 'class';
  const fits = (k: Keyword): boolean => k.command === undefined && k.role !== 'case-label' && fold(k.name).startsWith(key);
  return snapshot.catalogue.keywords.filter(fits).map((k) => {
    const block = snippets ? (blocks[k.name] ?? (inClass ? inClasses[k.name] : undefined)) : undefined;
    const choice = { label: k.name, text: block ?? k.name, kind: CompletionItemKind.Keyword, rank: 2 };
    return block ? { ...choice, snippet: true, detail: k.close ? `${k.name} … ${k.close}` : k.form } : choice;
  });
}
