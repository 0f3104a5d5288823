/**
 * What a shell is told, once, by `source <(lograft completion bash)`: to ask the program, with all
 * the words so far, what may come next. The answer is a line for each candidate, a tab before what
 * it is for; `:files` has the shell complete paths. Pure.
 */

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** A word in the answer that is none. */
export const FILES = ':files'
/** The command that answers; it is in no help. */
const ASK = '__complete'

const BASH = `# bash completion of lograft: source <(lograft completion bash)
_lograft() {
  local word about
  COMPREPLY=()
  while IFS=$'\\t' read -r word about; do
    if [[ $word == ${FILES} ]]; then
      compopt -o default 2>/dev/null
    elif [[ -n $word ]]; then
      COMPREPLY+=("$word")
    fi
  done < <("\${COMP_WORDS[0]}" ${ASK} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _lograft lograft
`

const ZSH = `#compdef lograft
# zsh completion of lograft: source <(lograft completion zsh), behind compinit
_lograft() {
  local word about files
  local -a described
  while IFS=$'\\t' read -r word about; do
    if [[ $word == ${FILES} ]]; then
      files=yes
    elif [[ -n $word ]]; then
      described+=("\${word//:/\\\\:}:$about")
    fi
  done < <("\${words[1]}" ${ASK} "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#described )) && _describe lograft described
  [[ -n $files ]] && _files
}
compdef _lograft lograft
`

const FISH = `# fish completion of lograft: lograft completion fish | source
function __lograft_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l answer ($words[1] ${ASK} $words[2..-1] 2>/dev/null)
  for line in $answer
    if test "$line" = ${FILES}
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c lograft -f -a '(__lograft_complete)'
`

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH }

export const scriptOf = (shell: Shell): string => SCRIPTS[shell]
