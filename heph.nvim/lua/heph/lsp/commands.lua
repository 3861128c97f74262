--- What code actions run.
local daemon = require('heph.daemon')
local reading = require('heph.lsp.reading')

local M = {}

local api = vim.api

--- A longer one is no title.
local WIDEST_TITLE = 60

---@type table<string, fun(reply: heph.Reply, ...: any)>
M.all = {}

--- An action of heph.act on tasks.
---@param rows heph.Row[]
M.all['heph.act'] = function(reply, name, given, rows)
  require('heph.act')[name](given ~= '' and given or nil)(rows)
  reply(nil, nil)
end

--- Makes the note that a link wants; the link leads there then.
M.all['heph.create'] = function(reply, title)
  daemon.request('node.create', { kind = 'doc', title = title }, reply)
end

--- The boxes of these texts, in their order, from a line on; fewer if the text has changed.
local function ids_of(items, first, texts)
  local ids = {}
  for _, item in ipairs(items) do
    local next_text = texts[#ids + 1]
    if item.range.start.line >= first and item.text == next_text and item.id and not item.promoted then
      table.insert(ids, item.id)
    end
  end
  return ids
end

--- Makes tasks of boxes, once they are saved.
M.all['heph.promote'] = function(reply, uri, first, texts)
  local buf = vim.uri_to_bufnr(uri)
  if vim.bo[buf].modified then
    api.nvim_buf_call(buf, function()
      vim.cmd('silent write')
    end)
  end
  reading.of(vim.b[buf].heph_id, function(err, found)
    local ids = found and ids_of(found.items, first, texts) or {}
    if err or #ids < #texts then
      return reply(err or { message = 'the text has changed meanwhile: choose again' }, nil)
    end
    daemon.request('task.promote', { ids = ids }, function(failed)
      if not failed then
        api.nvim_echo({ { #ids == 1 and '1 task made' or #ids .. ' tasks made' } }, false, {})
      end
      reply(failed, nil)
    end)
  end)
end

--- The title that a text suggests: its first line, without what makes it a heading or an item.
local function suggested(text)
  local line = text:match('%S[^\n]*') or ''
  line = line:gsub('^#+%s+', ''):gsub('^[-*+]%s+', ''):gsub('^%[.%]%s+', ''):gsub('[%[%]|#^\\/`<>]', '')
  return vim.trim(vim.fn.strcharpart(line, 0, WIDEST_TITLE))
end

--- Puts a text into a note of its own, and a link in its place.
---@param text string what is at the range
M.all['heph.extract'] = function(reply, uri, range, text)
  local buf = vim.uri_to_bufnr(uri)
  local function changed()
    local there, now = pcall(require('heph.lsp.actions').selected, buf, range)
    return not there or now ~= text
  end
  vim.ui.input({ prompt = 'Title of the new note: ', default = suggested(text) }, function(title)
    title = vim.trim(title or '')
    if title == '' then
      return reply(nil, nil)
    end
    daemon.request('node.resolve', { name = title }, function(err, known)
      if not err and changed() then
        return reply({ message = 'the text has changed meanwhile: select again' }, nil)
      elseif err or known.match ~= 'none' then
        return reply(err or { message = ("something is called '%s' already: choose another title"):format(title) }, nil)
      end
      local body = text .. (text:sub(-1) == '\n' and '' or '\n')
      daemon.request('node.create', { kind = 'doc', title = title, body = body }, function(failed)
        if failed or changed() then
          return reply(failed or { message = ("the text changed meanwhile: '%s' is made, and nothing taken out"):format(title) }, nil)
        end
        local edit = { range = range, newText = '[[' .. title .. ']]' .. (text:sub(-1) == '\n' and '\n' or '') }
        vim.lsp.util.apply_text_edits({ edit }, buf, 'utf-16')
        reply(nil, nil)
      end)
    end)
  end)
end

---@param params lsp.ExecuteCommandParams
---@param reply heph.Reply
function M.execute(params, reply)
  M.all[params.command](reply, unpack(params.arguments or {}))
end

return M
