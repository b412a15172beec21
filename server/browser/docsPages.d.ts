/** Every page of `docs/en` and `docs/es` by its path below `docs` (`en/commands/alert.md`), put in by the bundler (`client/build/bundle.mjs`). */
declare module 'docs:pages' {
  const pages: Readonly<Record<string, string>>;
  export default pages;
}
