/** `fourd dap`: the debug adapter on standard streams. Importing it starts it. */
import '../debug/node/main.js';
