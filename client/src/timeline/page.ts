import type { Words } from './messages.js';
import { groups } from './model.js';

export interface PageParts {
  readonly language: string;
  readonly title: string;
  readonly words: Words;
  readonly script: string;
  readonly style: string;
  /** Where scripts and styles may come from, besides the nonce. */
  readonly source: string;
  readonly nonce: string;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The timeline's page: it may load its own script and style and nothing else, and reaches no network. */
export function timelinePage({ language, title, words, script, style, source, nonce }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  const boxes = groups.map(
    (group) => `<label><input type="checkbox" name="group" value="${group}" checked> ${escaped(words.groups[group])}</label>`,
  );
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body data-words="${escaped(JSON.stringify(words))}">
<main>
<h1 id="title">${escaped(title)}</h1>
<form id="filters"><fieldset><legend>${escaped(words.filter)}</legend>${boxes.join('')}</fieldset><output id="shown"></output></form>
<div id="empty"><p>${escaped(words.empty)}</p><button type="button" id="start">${escaped(words.start)}</button></div>
<ol id="rows" role="listbox" tabindex="0" aria-label="${escaped(words.list)}" aria-describedby="keys" hidden></ol>
<p id="keys" class="unseen">${escaped(words.keys)}</p>
</main>
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}
