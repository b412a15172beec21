/** The themes of the library, in plain order. A command that none of them has is not simulated: the machine's error names it. */
import { arrays } from './arrays.js';
import { blobs } from './blobs.js';
import { code } from './code.js';
import { collectionCalls } from './collectionCalls.js';
import { collections } from './collections.js';
import { compatibility } from './compatibility.js';
import { compression } from './compression.js';
import { crypto } from './crypto.js';
import { cryptoKeys } from './cryptoKeys.js';
import { dates } from './dates.js';
import { channels } from './files/channel.js';
import { documents } from './files/documents.js';
import { fileObjects } from './files/objects.js';
import { openDocuments } from './files/openDocuments.js';
import { json } from './json.js';
import { logic } from './logic.js';
import { math } from './math.js';
import { objects } from './objects.js';
import { computedAttributes } from './orda/computed.js';
import { dataClassTheme } from './orda/dataClass.js';
import { entities } from './orda/entity.js';
import { entitySelections } from './orda/entitySelection.js';
import { pictures } from './pictures.js';
import { processes } from './processes.js';
import { queries } from './queries.js';
import { records } from './records.js';
import { relations } from './relations.js';
import { selectionArrays } from './selectionArrays.js';
import { selections } from './selections.js';
import { system } from './system.js';
import { text } from './text.js';
import type { Theme } from './theme.js';
import { triggers } from './triggers.js';
import { users } from './users.js';
import { variables } from './variables.js';
import { vectors } from './vectors.js';
import { webThemes } from './web.js';
import { windowsBeside } from './windows.js';
import { dom } from './xml/dom.js';
import { sax } from './xml/sax.js';

/** What is modelled and works with any `LibraryHost`. The simulator adds the themes that need more of it (web, session). */
const modelled: readonly Theme[] = [
  logic,
  text,
  math,
  dates,
  arrays,
  objects,
  collections,
  collectionCalls,
  json,
  records,
  triggers,
  selections,
  selectionArrays,
  queries,
  relations,
  users,
  variables,
  vectors,
  code,
  processes,
  blobs,
  crypto,
  cryptoKeys,
  compression,
  fileObjects,
  documents,
  openDocuments,
  channels,
  sax,
  system,
  dataClassTheme,
  entities,
  entitySelections,
  computedAttributes,
  dom,
  pictures,
  compatibility,
];

/** Stand-ins for the commands of windows and printers that nothing above models. */
export const windows = windowsBeside([...modelled, ...webThemes]);

export const themes: readonly Theme[] = [...modelled, windows];
