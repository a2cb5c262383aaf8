// Writes what the server says of itself to package.json (settings) and schemas/ (vip-lsp.toml):
// node scripts/generate.mjs SERVER [--check]
// With --check nothing is written, and what differs is a failure.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENUM_DESCRIPTIONS = {
  error: 'An error',
  warning: 'A warning',
  information: 'For information',
  hint: 'A hint in the text, not in the list of problems',
  off: 'Not checked',
  'of-its-day': 'The template as it was when the document came in',
  current: 'The template as it is now',
};

/** The server's settings, as the settings page has them: by group, and in this order. */
const GROUPS = {
  Proposals: [
    ...['template', 'extends', 'family', 'include', 'exclude', 'rules', 'strict', 'template-version', 'index-on-save'],
    ...['sections', 'metadata', 'metadata-order', 'sidecar', 'references', 'body'],
    ...['status', 'released-status', 'accepted-status', 'life-cycle'],
  ],
  Evidence: ['evidence-documents', 'evidence-information', 'evidence-hint', 'evidence-kept'],
};

/** The settings that have to do with each other, which lead to one another. */
const RELATED = {
  template: ['family'],
  family: ['template'],
  include: ['template', 'exclude'],
  exclude: ['include'],
  rules: ['strict'],
  strict: ['rules', 'evidence-hint'],
  status: ['released-status', 'accepted-status'],
  'released-status': ['status'],
  'accepted-status': ['status'],
  'evidence-documents': ['evidence-information', 'evidence-hint', 'evidence-kept'],
  'evidence-information': ['evidence-documents', 'evidence-hint', 'strict'],
  'evidence-hint': ['evidence-documents', 'evidence-information', 'strict'],
  'evidence-kept': ['evidence-documents'],
};

/** What no server knows of. */
const OWN_SETTINGS = {
  'vip-lsp.server.path': {
    markdownDescription:
      'The server to start, such as `~/bin/vip-lsp`; a relative path is relative to the workspace folder. By default, it is the server in the extension, or else the one on `PATH`.',
    type: 'string',
    default: '',
    scope: 'machine-overridable',
  },
  'vip-lsp.problems.scope': {
    markdownDescription: 'Which proposals are checked and listed in *Problems*.',
    type: 'string',
    default: 'open',
    enum: ['open', 'workspace'],
    enumDescriptions: ['Those that are open', 'All of the workspace, also those that are not open'],
    scope: 'window',
  },
  'vip-lsp.trace.server': {
    description: 'Writes the messages between editor and server to the output.',
    type: 'string',
    default: 'off',
    enum: ['off', 'messages', 'verbose'],
    enumDescriptions: ['Nothing', 'The messages', 'The messages with their content'],
    scope: 'window',
  },
};

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;
const mapped = (table, change) => Object.fromEntries(Object.entries(table).map(([name, value]) => [name, change(value)]));

/** `schema` in the manner of an editor's settings: sentences for descriptions, and each value explained. */
function explained(schema) {
  const { description, enum: values, properties, additionalProperties: others } = schema;
  return {
    ...schema,
    ...(description && { description: sentence(description) }),
    ...(values && { enumDescriptions: values.map((value) => ENUM_DESCRIPTIONS[value]) }),
    ...(properties && { properties: mapped(properties, explained) }),
    ...(typeof others === 'object' && { additionalProperties: explained(others) }),
  };
}

/** The setting `name`, with its example and what it has to do with in the description, where the editor shows them. */
function setting(name, schema, order) {
  const { description, ...rest } = explained(schema);
  const general = description.replace(/relative to this file's folder \(.*\)/, 'relative to the workspace folder');
  const example = JSON.stringify(schema.examples[0]);
  const related = (RELATED[name] ?? []).map((other) => `\`#vip-lsp.${other}#\``).join(', ');
  const markdownDescription = `${general} For example \`${example}\`.${related && ` See also ${related}.`}`;
  // The page shows an unset number as 0, which may not be allowed.
  const number = schema.type === 'integer' && { type: ['integer', 'null'], default: null };
  return { markdownDescription, ...rest, ...number, scope: 'window', order };
}

function manifest(schema) {
  const old = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const missing = Object.keys(schema.properties).filter((name) => !Object.values(GROUPS).flat().includes(name));
  if (missing.length > 0) {
    throw new Error(`give these settings a place in GROUPS: ${missing.join(', ')}`);
  }
  const settings = (names) => names.map((name, index) => [`vip-lsp.${name}`, setting(name, schema.properties[name], index)]);
  old.contributes.configuration = [
    ...Object.entries(GROUPS).map(([title, names]) => ({ title, properties: Object.fromEntries(settings(names)) })),
    { title: 'Server', properties: OWN_SETTINGS },
  ];
  return old;
}

const at = (path) => join(dirname(fileURLToPath(import.meta.url)), '..', path);
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

const [server, mode] = process.argv.slice(2);
if (server === undefined) {
  console.error('usage: node scripts/generate.mjs SERVER [--check]');
  process.exit(2);
}
const schema = JSON.parse(execFileSync(resolve(server), ['config', '--schema'], { encoding: 'utf8' }));

const files = {
  'package.json': json(manifest(schema)),
  'schemas/vip-lsp.toml.json': json(schema),
};
for (const [path, text] of Object.entries(files)) {
  if (mode !== '--check') {
    writeFileSync(at(path), text);
  } else if (readFileSync(at(path), 'utf8') !== text) {
    console.error(`${path} is not what the server says; run node scripts/generate.mjs SERVER`);
    process.exitCode = 1;
  }
}
