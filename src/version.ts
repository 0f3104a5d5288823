/**
 * The version, as a constant, so that `--version` opens no file. A unit test holds it to
 * package.json.
 */
export const VERSION = '0.1.0'
