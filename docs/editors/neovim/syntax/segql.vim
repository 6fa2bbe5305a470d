" Colours for SegmentQL before the language server answers; then its semantic tokens refine them.
if exists("b:current_syntax")
  finish
endif

syntax match segqlKeyword "\v\c<(filter|from|limit|with|alias|include)>"
syntax match segqlOperator "\v\c<(and|or|not|in|like|contains|intersects|between|exists|is)>"
syntax match segqlConstant "\v\c<(true|false|null)>"

syntax match segqlNumber "\v\c<0x\x+>|<\d+(\.\d*)?(e[+-]?\d+)?>"
syntax region segqlString start=+"+ skip=+\\"\|""+ end=+"+
syntax region segqlQuotedName start="`" end="`"
syntax match segqlComment "\v(--|//|#).*$" contains=segqlTodo,@Spell
syntax region segqlComment start="/\*" end="\*/" contains=segqlTodo,@Spell
syntax keyword segqlTodo TODO FIXME contained

highlight default link segqlKeyword Statement
highlight default link segqlOperator Operator
highlight default link segqlConstant Constant
highlight default link segqlNumber Number
highlight default link segqlString String
highlight default link segqlQuotedName Identifier
highlight default link segqlComment Comment
highlight default link segqlTodo Todo

let b:current_syntax = "segql"
