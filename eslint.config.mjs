// What the compiler lets through and a broker cannot afford: promises nobody waits for, switches that
// forget a case, values of type any. No rule about looks; those are Prettier's. The rules of the
// house that no linter knows are in test/tidy.test.ts, and the floors in .dependency-cruiser.cjs.
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const correctness = {
  'array-callback-return': 'error',
  'constructor-super': 'error',
  eqeqeq: 'error',
  'for-direction': 'error',
  'no-async-promise-executor': 'error',
  'no-case-declarations': 'error',
  'no-compare-neg-zero': 'error',
  'no-cond-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
  'no-constructor-return': 'error',
  'no-control-regex': 'error',
  'no-debugger': 'error',
  'no-dupe-else-if': 'error',
  'no-duplicate-case': 'error',
  'no-empty': ['error', { allowEmptyCatch: false }],
  'no-empty-pattern': 'error',
  'no-eval': 'error',
  'no-ex-assign': 'error',
  'no-fallthrough': 'error',
  'no-irregular-whitespace': 'error',
  'no-loss-of-precision': 'error',
  'no-misleading-character-class': 'error',
  'no-new-func': 'error',
  'no-promise-executor-return': 'off', // `return reject(error)` is how an executor refuses early.
  'no-prototype-builtins': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-shadow-restricted-names': 'error',
  'no-sparse-arrays': 'error',
  'no-template-curly-in-string': 'error',
  'no-unmodified-loop-condition': 'error',
  'no-unreachable': 'error',
  'no-unreachable-loop': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-negation': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-unused-private-class-members': 'error',
  'no-useless-assignment': 'error',
  'no-useless-backreference': 'error',
  'no-useless-catch': 'error',
  'no-useless-escape': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'use-isnan': 'error',
  'valid-typeof': 'error',
}

const ts = (rules) =>
  Object.fromEntries(
    Object.entries(rules).map(([name, setting]) => [`@typescript-eslint/${name}`, setting]),
  )

const asynchrony = ts({
  'await-thenable': 'error',
  'no-floating-promises': 'error',
  'no-misused-promises': 'error',
  'prefer-promise-reject-errors': 'error',
  'promise-function-async': 'off', // Functions that change state are not async, whatever they return.
  'require-await': 'error',
  'return-await': ['error', 'error-handling-correctness-only'],
})

const types = ts({
  'ban-ts-comment': 'error',
  'consistent-type-exports': 'error',
  'consistent-type-imports': [
    'error',
    // `import('x')` as a type is how something loaded late is named.
    { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
  ],
  'no-array-delete': 'error',
  'no-base-to-string': 'error',
  'no-confusing-void-expression': 'off', // `if (done) return resolve()` reads well.
  'no-deprecated': 'error',
  'no-duplicate-type-constituents': 'error',
  'no-dynamic-delete': 'error',
  'no-empty-object-type': 'error',
  'no-explicit-any': 'error',
  'no-extra-non-null-assertion': 'error',
  'no-for-in-array': 'error',
  'no-implied-eval': 'error',
  'no-misused-new': 'error',
  'no-misused-spread': 'error',
  'no-namespace': 'error',
  'no-non-null-asserted-nullish-coalescing': 'error',
  'no-non-null-asserted-optional-chain': 'error',
  'no-redundant-type-constituents': 'error',
  'no-require-imports': 'error',
  'no-this-alias': 'error',
  'no-unnecessary-boolean-literal-compare': 'error',
  'no-unnecessary-template-expression': 'error',
  'no-unnecessary-type-arguments': 'error',
  'no-unnecessary-type-assertion': 'error',
  'no-unnecessary-type-constraint': 'error',
  'no-unsafe-argument': 'error',
  'no-unsafe-assignment': 'error',
  'no-unsafe-call': 'error',
  'no-unsafe-declaration-merging': 'error',
  'no-unsafe-function-type': 'error',
  'no-unsafe-member-access': 'error',
  'no-unsafe-return': 'error',
  'no-unsafe-unary-minus': 'error',
  'no-unused-expressions': 'error',
  'no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
  ],
  'no-useless-constructor': 'error',
  'no-wrapper-object-types': 'error',
  'only-throw-error': 'error',
  'prefer-as-const': 'error',
  'related-getter-setter-pairs': 'error',
  'restrict-plus-operands': 'error',
  'restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  'switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  'unbound-method': 'error',
  'use-unknown-in-catch-callback-variable': 'error',
})

export default defineConfig(
  {
    ignores: [
      'dist/',
      'data/',
      'coverage/',
      'chaos-report/',
      'src/gen/**/*.js',
      'src/gen/**/*.d.ts',
      'test/golden/records/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, rules: correctness },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      // One program for everything: test/tsconfig.json includes src, test, chaos and bench.
      parserOptions: { project: ['./test/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: { ...asynchrony, ...types },
  },
  {
    // A broker speaks through its logger; only the command line has a reader on standard output.
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    // Tests read answers of foreign clients and damage data on purpose.
    files: ['test/**/*.ts', 'chaos/**/*.ts', 'bench/**/*.ts'],
    rules: ts({ 'require-await': 'off', 'unbound-method': 'off', 'no-dynamic-delete': 'off' }),
  },
)
