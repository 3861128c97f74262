--- A Neovim for a test, with keys that are typed and a buffer that is looked at.
local Device = require('device')

local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))

local M = {}

---@return table a child of mini.test, with more to it
function M.new()
  local child = MiniTest.new_child_neovim()

  --- Starts it on a device, with more arguments if there are any.
  function child.begin(device, ...)
    device:use()
    child.restart({ '--clean', '-u', here .. '/init.lua', ... })
    child.o.lines, child.o.columns = 24, 80
  end

  --- The lines of a buffer as one text.
  function child.text(buf)
    return table.concat(child.api.nvim_buf_get_lines(buf or 0, 0, -1, false), '\n')
  end

  function child.await_text(text, buf)
    Device.await('the text ' .. vim.inspect(text) .. ', not ' .. vim.inspect(child.text(buf)), function()
      return child.text(buf) == text
    end)
  end

  --- Waits until an expression of Lua holds.
  function child.await(expression)
    return Device.await(expression, function()
      return child.lua_get(expression)
    end)
  end

  function child.write()
    child.cmd('write')
  end

  --- Runs a command that fails; gives what it said.
  function child.fails(command)
    local went, why = pcall(child.cmd, command)
    if went then
      error('it did not fail: ' .. command, 2)
    end
    return why
  end

  --- Answers what is asked: the entry of a list that says this, or the words for a prompt; nil leaves it.
  function child.answer(with)
    child.lua(
      [[
      local answer = ...
      vim.ui.select = function(items, options, chosen)
        Asked = { prompt = options.prompt, items = vim.tbl_map(options.format_item or tostring, items) }
        for index, item in ipairs(Asked.items) do
          if item == answer then
            return chosen(items[index], index)
          end
        end
        chosen(nil)
      end
      vim.ui.input = function(options, entered)
        Asked = { prompt = options.prompt }
        entered(answer)
      end]],
      { with }
    )
  end

  --- Goes to the line that holds some words.
  function child.line_of(words)
    Device.await('a line with ' .. words .. ' in ' .. vim.inspect(child.text()), function()
      return child.fn.search('\\V' .. words, 'wc') > 0
    end)
  end

  function child.await_no_line(words)
    Device.await('no line with ' .. words .. ' in ' .. vim.inspect(child.text()), function()
      return child.fn.search('\\V' .. words, 'wnc') == 0
    end)
  end

  --- Waits for the language server of the buffer.
  function child.attached()
    child.await("#vim.lsp.get_clients({ bufnr = 0, name = 'heph' }) == 1")
  end

  --- Asks the language server about the place of the cursor.
  function child.ask(method, params)
    child.attached()
    child.lua(
      [[
      local method, params = ...
      Answer = nil
      local client = vim.lsp.get_clients({ bufnr = 0, name = 'heph' })[1]
      params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, 'utf-16'), params or {})
      local function answered(err, result)
        Answer = { err = err and err.message, result = result == nil and vim.NIL or result }
      end
      if vim.fn.has('nvim-0.11') == 1 then
        client:request(method, params, answered, 0)
      else
        client.request(method, params, answered, 0)
      end]],
      { method, params }
    )
    child.await('Answer ~= nil')
    local answer = child.lua_get('Answer')
    if answer.err then
      error(method .. ': ' .. answer.err, 2)
    end
    return answer.result
  end

  --- What stands under the cursor, as its hover says; nil when it says nothing.
  function child.hovered()
    local answer = child.ask('textDocument/hover')
    return answer ~= vim.NIL and answer.contents.value or nil
  end

  --- The letter under the cursor.
  function child.under_cursor()
    return child.lua_get([[vim.fn.matchstr(vim.fn.getline('.'), '\\%' .. vim.fn.col('.') .. 'c.')]])
  end

  return child
end

return M
