/** `fourd lsp`: the language server on standard streams. Importing it starts it. */
import '../node/main.js';
