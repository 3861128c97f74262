-- The help page names what there is; loading the plugin costs next to nothing.
local Editor = require('editor')
local equal = MiniTest.expect.equality

local root = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h')
local page = table.concat(vim.fn.readfile(root .. '/doc/heph.txt'), '\n')

local T = MiniTest.new_set()

--- Those of some words that the page does not have.
local function missing(words)
  return vim.tbl_filter(function(word)
    return not page:find(word, 1, true)
  end, words)
end

T['the help names every subcommand, key and setting'] = function()
  local words = {}
  for name in pairs(require('heph.command').all) do
    table.insert(words, 'Heph ' .. name)
  end
  for _, key in ipairs(require('heph.keys').all) do
    table.insert(words, ('<Plug>(heph-%s)'):format(key.name))
    vim.list_extend(words, { key.list, key.note, key.capture, key.conflicts, key.conflict })
  end
  for name in pairs(require('heph.config').get()) do
    table.insert(words, '`' .. name .. '`')
  end
  equal(missing(words), {})
end

T['no line of the help is wider than a window'] = function()
  equal(
    vim.tbl_filter(function(line)
      return vim.fn.strdisplaywidth(line) > 90
    end, vim.split(page, '\n')),
    {}
  )
end

T['nothing is loaded before it is used'] = function()
  local nvim = Editor.new()
  nvim.restart({ '--clean', '-u', root .. '/test/init.lua' })
  equal(nvim.lua_get("vim.tbl_filter(function(name) return name:match('^heph') end, vim.tbl_keys(package.loaded))"), { 'heph.keys' })
  nvim.stop()
end

return T
