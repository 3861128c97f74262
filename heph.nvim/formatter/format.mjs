// format.mjs [--check] FILE...: formats Lua, or names what is not formatted.
import { readFileSync, writeFileSync } from 'node:fs'
import { CollapseSimpleStatement, Config, IndentType, OutputVerification, QuoteStyle, formatCode } from '@johnnymorganz/stylua'

// A configuration is used up by the file that it is given for.
function configuration() {
  const config = Config.new()
  config.column_width = 140
  config.indent_type = IndentType.Spaces
  config.indent_width = 2
  config.quote_style = QuoteStyle.AutoPreferSingle
  config.collapse_simple_statement = CollapseSimpleStatement.Never
  return config
}

const [first, ...rest] = process.argv.slice(2)
const check = first === '--check'
const wrong = (check ? rest : [first, ...rest]).filter((file) => {
  const before = readFileSync(file, 'utf8')
  const after = formatCode(before, configuration(), undefined, OutputVerification.Full)
  if (before !== after && !check) writeFileSync(file, after)
  return before !== after
})
for (const file of wrong) console.log((check ? 'not formatted: ' : 'formatted ') + file)
process.exit(check && wrong.length > 0 ? 1 : 0)
