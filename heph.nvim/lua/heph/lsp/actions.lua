--- Code actions: what can be done to the task, the boxes or the selection under the cursor.
local daemon = require('heph.daemon')
local place = require('heph.lsp.place')
local reading = require('heph.lsp.reading')

local M = {}

local api = vim.api

---@class heph.Offer
---@field title string
---@field kind? string
---@field edit? lsp.WorkspaceEdit
---@field command? string one of heph.lsp.commands
---@field arguments? any[]

--- What a search finds is not said to be either.
local function is_open(row)
  return row.state ~= 'done' and row.state ~= 'dropped'
end

local function is_closed(row)
  return row.state ~= 'outstanding'
end

local function repeats(row)
  return row.recurrence ~= nil
end

--- What can be done to a task, by the actions of heph.act, and to which.
local TASK = {
  { 'Done', 'state', 'done', when = is_open },
  { 'Drop', 'state', 'dropped', when = is_open },
  { 'To be done again', 'state', 'outstanding', when = is_closed },
  { 'Skip this date', 'skip', when = repeats },
  { 'Red', 'attention', 'red' },
  { 'Orange', 'attention', 'orange' },
  { 'White', 'attention', 'white' },
  { 'On deck', 'attention', 'blue' },
  { 'Do it on…', 'schedule' },
  { 'It is late on…', 'late' },
  { 'Move into a project…', 'move' },
}

--- By the rows, not by their lines: the list may change while somebody chooses.
---@param rows heph.Row[]
local function of_tasks(rows)
  local offers = {}
  local named = #rows == 1 and rows[1].title or ('%d tasks'):format(#rows)
  for _, action in ipairs(TASK) do
    if #rows > 0 and (not action.when or vim.iter(rows):all(action.when)) then
      local arguments = { action[2], action[3] or '', rows }
      table.insert(offers, { title = ('%s: %s'):format(action[1], named), command = 'heph.act', arguments = arguments })
    end
  end
  return offers
end

--- The lines that a range touches; the one at whose first column a selection ends is not meant.
local function rows_of(range)
  local last = range['end'].line
  if last > range.start.line and range['end'].character == 0 then
    last = last - 1
  end
  return range.start.line, last
end

local function of_list(view, buf, range)
  local first, last = rows_of(range)
  return of_tasks(vim.tbl_filter(function(row)
    return row.kind == 'task' or not row.kind and row.attention -- other lists have rows of other things
  end, view.rows(buf, first + 1, last + 1)))
end

---@return string
function M.selected(buf, range)
  local from, to = range.start, range['end']
  local first, last = place.line(buf, from.line), place.line(buf, to.line)
  local stop = to.line < api.nvim_buf_line_count(buf) and { to.line, place.byte(last, to.character) } or { to.line - 1, -1 }
  return table.concat(api.nvim_buf_get_text(buf, from.line, place.byte(first, from.character), stop[1], stop[2], {}), '\n')
end

local function of_selection(buf, params)
  local range, uri = params.range, params.textDocument.uri
  local text = M.selected(buf, range)
  if vim.trim(text) == '' then
    return {}
  end
  local offers = {
    { title = 'Extract it to a new note…', kind = 'refactor.extract', command = 'heph.extract', arguments = { uri, range, text } },
  }
  if not text:find('[%[%]|\n]') then
    local edit = { changes = { [uri] = { { range = range, newText = '[[' .. text .. ']]' } } } }
    table.insert(offers, 1, { title = ('Make it a link: [[%s]]'):format(text), kind = 'refactor.rewrite', edit = edit })
  end
  return offers
end

--- Links that lead nowhere, and boxes, in the lines of a range.
local function of_text(found, params)
  local first, last = rows_of(params.range)
  local function here(range)
    return range.start.line >= first and range.start.line <= last
  end
  local offers = {}
  for _, link in ipairs(found.links) do
    local is_name = link.type ~= 'markdown' and not link.target:find('/') -- a new note lies in no folder
    if here(link.range) and not link.dst and not link.file and is_name then
      local create = { title = ("Make the note '%s'"):format(link.target), kind = 'quickfix', command = 'heph.create' }
      table.insert(offers, vim.tbl_extend('error', create, { arguments = { link.target } }))
    end
  end
  local boxes = vim.tbl_filter(function(item)
    return here(item.range) and not item.promoted and item.text ~= ''
  end, found.items)
  if #boxes > 0 then
    local named = #boxes == 1 and boxes[1].text or ('%d boxes'):format(#boxes)
    local texts = vim.tbl_map(function(item)
      return item.text
    end, boxes)
    local arguments = { params.textDocument.uri, first, texts }
    table.insert(offers, { title = 'Promote to a task: ' .. named, command = 'heph.promote', arguments = arguments })
  end
  return offers
end

local function wanted(only, kind)
  return not only
    or vim.iter(only):any(function(prefix)
      return prefix == '' or kind == prefix or vim.startswith(kind, prefix .. '.')
    end)
end

--- As the protocol has them.
local function code_actions(offers, params)
  local actions = {}
  for _, offer in ipairs(offers) do
    local kind = offer.kind or 'heph'
    if wanted(params.context and params.context.only, kind) then
      local command = offer.command and { title = offer.title, command = offer.command, arguments = offer.arguments }
      table.insert(actions, { title = offer.title, kind = kind, edit = offer.edit, command = command })
    end
  end
  return actions
end

---@param params lsp.CodeActionParams
---@param reply heph.Reply
function M.offer(params, reply)
  local buf = reading.buffer(params)
  local view = package.loaded['heph.view']
  if view and view.is_view(buf) then
    return reply(nil, code_actions(of_list(view, buf, params.range), params))
  end
  local whole = reading.whole(buf)
  if not whole then
    return reply(nil, {})
  end
  local offers = of_selection(buf, params)
  reading.of(whole.id, function(err, found)
    if err then
      return reply(err, nil)
    end
    vim.list_extend(offers, of_text(found, params))
    if not whole.task then
      return reply(nil, code_actions(offers, params))
    end
    daemon.request('node.get', { id = whole.task }, function(gone, node)
      if gone then
        return reply(gone, nil)
      end
      local row = vim.tbl_extend('force', node.task, { id = node.id, title = node.title })
      reply(nil, code_actions(vim.list_extend(offers, of_tasks({ row })), params))
    end)
  end)
end

return M
