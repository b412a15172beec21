/** `fourd lsp`: the language server; on standard streams where the command line names no other. Importing it starts it. */
import process from 'node:process';

if (!process.argv.some((arg) => /^--(stdio|node-ipc|socket|pipe)\b/.test(arg))) process.argv.push('--stdio');
await import('../node/main.js');
