#!/usr/bin/env node
// Plain JavaScript that any Node can read: it says what is missing before anything else is loaded.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './sources.js';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`Frontdesk needs Node >= 22.18; this is ${process.versions.node}.\n`);
  process.exit(1);
}

// Compiled code is kept beside what it was compiled from: whoever could write there could change the program itself.
module.enableCompileCache(fileURLToPath(new URL('../.cache', import.meta.url)));

// An installed package runs what was built, and so does a checkout whose sources have not changed since; else it runs those.
const source = new URL('../src/cli/main.ts', import.meta.url);
const isChanged = existsSync(source) && !import.meta.url.includes('/node_modules/') && !isBuilt();
const { main } = await import(isChanged ? source : new URL('../dist/cli/main.js', import.meta.url));
await main();
