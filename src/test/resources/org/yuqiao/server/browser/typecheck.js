// Checks the page's modules with TypeScript; calls its last argument with the list of errors.
const done = arguments[arguments.length - 1];
(async () => {
  const compiler = document.createElement('script');
  compiler.src = '/typescript.js';
  await new Promise((resolve, reject) => {
    compiler.onload = resolve;
    compiler.onerror = reject;
    document.head.append(compiler);
  });
  const ts = window.ts;
  const sources = await (await fetch('/sources.json')).json();
  const options = {
    allowJs: true,
    checkJs: true,
    strict: true,
    noEmit: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
  };
  const libraries = {};
  const load = async (/** @type {string} */ name) => {
    if (name in libraries) return;
    libraries[name] = '';
    const text = await (await fetch(name)).text();
    libraries[name] = text;
    const references = [...text.matchAll(/<reference lib="([^"]+)"/g)].map(m => `/lib.${m[1]}.d.ts`);
    await Promise.all(references.map(load));
  };
  await Promise.all(options.lib.map(name => load('/' + name)));
  const read = name => sources[name] ?? libraries[name];
  const host = {
    fileExists: name => read(name) !== undefined,
    readFile: read,
    getSourceFile: (name, version) => {
      const text = read(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, version, true);
    },
    getDefaultLibFileName: () => '/lib.es2023.d.ts',
    getDefaultLibLocation: () => '/',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {},
  };
  const program = ts.createProgram(Object.keys(sources), options, host);
  return ts.getPreEmitDiagnostics(program).map(found => {
    const message = ts.flattenDiagnosticMessageText(found.messageText, '\n  ');
    if (!found.file) return message;
    const {line} = found.file.getLineAndCharacterOfPosition(found.start ?? 0);
    return `${found.file.fileName.replace(/^\/page\//, '')}:${line + 1}: ${message}`;
  });
})().then(done, problem => done([String(problem)]));
