--- Another title. Links by the old one lead there as before; whoever wants has them written anew, in one action or in buffers to look
--- through first.
local daemon = require('heph.daemon')
local reading = require('heph.lsp.reading')
local title = require('heph.title')

local M = {}

--- Of so many texts so many lines are shown before somebody chooses.
local MOST_TEXTS, MOST_LINES = 10, 3

--- Of a cell of the screen.
local MOST_BYTES = 8

local NOTHING = {} -- to be edited by the client

--- Renames; the buffer has the new name before what comes next.
---@param method 'node.update'|'node.rename' the second rewrites links by the old title
local function carry_out(method, subject, id, new, callback)
  daemon.request(method, { id = id, title = new }, function(err)
    local buf = not err and require('heph.node').buffer(subject.id)
    if buf then
      title.show(buf, { id = subject.id, title = new })
    end
    callback(err, not err and NOTHING or nil)
  end)
end

--- What is to be renamed: of a document of a task its task.
---@param params lsp.TextDocumentPositionParams
---@param callback fun(err?: heph.Error, subject?: heph.Subject, id?: string)
local function target(params, callback)
  reading.subject(params, function(err, subject)
    subject = subject or reading.whole(reading.buffer(params))
    if err or not subject then
      return callback(err or { message = 'there is nothing to rename here' })
    elseif subject.task then
      return callback(nil, subject, subject.task)
    end
    daemon.request('node.get', { id = subject.id }, function(gone, node)
      callback(gone, subject, node and (node.context_of or node.id))
    end)
  end)
end

---@param params lsp.PrepareRenameParams
---@param reply heph.Reply
function M.prepare(params, reply)
  target(params, function(err, subject)
    reply(err, subject and { range = subject.range, placeholder = subject.title })
  end)
end

--- What of a text is so many cells wide.
local function clipped(text, width)
  text = text:sub(1, MOST_BYTES * width)
  local cells = 0
  for _, start in ipairs(vim.str_utf_pos(text)) do
    local letter = text:sub(start, start + vim.str_utf_end(text, start))
    cells = cells + vim.fn.strdisplaywidth(letter)
    if cells > width then
      return text:sub(1, start - 1)
    end
  end
  return text
end

local function folded(name)
  return vim.fn.tolower(vim.trim((name:gsub('%s+', ' '))))
end

--- What writes the links of one text anew.
local function edits(subject, text, new, callback)
  reading.of(text.id, function(err, found)
    local made = {}
    for _, link in ipairs(found and found.links or {}) do
      local by_title = link.type ~= 'markdown' and folded(link.target) == folded(subject.title)
      if by_title and link.dst == subject.id and link.target_range then
        table.insert(made, { range = link.target_range, newText = new })
      end
    end
    callback(err, made)
  end)
end

--- Renames, and leaves the rewriting to buffers, which are to be saved; they are in the quickfix list as well.
local function rewrite_in_buffers(subject, id, new, texts, reply)
  local all, waiting = {}, #texts
  local function done()
    carry_out('node.update', subject, id, new, function(err)
      if err then
        return reply(err, nil)
      end
      local changes, places = {}, {}
      for at, text in ipairs(texts) do
        local uri = reading.uri(text.id, text.id == subject.id and new or text.title)
        changes[uri] = all[at]
        for number, edit in ipairs(all[at]) do
          local after = text.lines[number] and text.lines[number].after or new
          table.insert(places, { filename = vim.uri_to_fname(uri), lnum = edit.range.start.line + 1, text = after })
        end
      end
      vim.fn.setqflist({}, ' ', { title = ("Links to '%s': :wall saves them"):format(new), items = places })
      reply(nil, { changes = changes })
    end)
  end
  for at, text in ipairs(texts) do
    edits(subject, text, new, function(err, made)
      daemon.shown(err)
      all[at] = made
      waiting = waiting - 1
      if waiting == 0 then
        done()
      end
    end)
  end
end

--- Links cannot have every title, and the person may want it all the same.
local function ask_plainly(subject, id, new, why, reply)
  local rename = 'Rename only: links by the old title still lead here'
  vim.ui.select({ rename, 'Leave it' }, { prompt = why.message }, function(chosen)
    if chosen ~= rename then
      return reply(nil, NOTHING)
    end
    carry_out('node.update', subject, id, new, reply)
  end)
end

--- A line around what differs from another, in a window's width.
---@param line {before: string, after: string}
---@param width integer
---@return string
local function cut(line, width)
  local after = line.after
  if #after <= width then
    return after
  end
  local same = 0 -- bytes before what differs
  while same < #after and line.before:byte(same + 1) == after:byte(same + 1) do
    same = same + 1
  end
  local from = math.max(0, same - math.floor(width / 3))
  from = from + (from < #after and vim.str_utf_start(after, from + 1) or 0)
  local begins, room = from > 0 and '…' or '', from > 0 and width - 1 or width
  local shown = clipped(after:sub(from + 1), room)
  return begins .. (from + #shown == #after and shown or clipped(shown, room - 1) .. '…')
end

--- What some texts would read, each line once.
---@param texts table[] of node.rename
---@param columns integer
---@return string[]
function M.preview(texts, columns)
  local preview = {}
  for _, text in ipairs(vim.list_slice(texts, 1, MOST_TEXTS)) do
    local seen, known = 0, {}
    for _, line in ipairs(text.lines) do
      if not known[line.after] and seen < MOST_LINES then
        known[line.after], seen = true, seen + 1
        local of = clipped(text.title, math.floor(columns / 3))
        table.insert(preview, ('  %s: %s'):format(of, cut(line, columns - vim.fn.strdisplaywidth(of) - 5)))
      end
    end
  end
  return preview
end

local function ask(subject, id, new, texts, reply)
  local many = #texts == 1 and '1 note' or #texts .. ' notes'
  local ways = {
    {
      'Rename, and rewrite the links in ' .. many,
      function()
        carry_out('node.rename', subject, id, new, reply)
      end,
    },
    {
      'Rename, and rewrite them in buffers, to look through and save',
      function()
        rewrite_in_buffers(subject, id, new, texts, reply)
      end,
    },
    {
      'Rename only: links by the old title still lead here',
      function()
        carry_out('node.update', subject, id, new, reply)
      end,
    },
  }
  local preview = M.preview(texts, vim.o.columns)
  vim.ui.select(ways, {
    prompt = ("'%s' becomes '%s'. Links to it would read:\n%s\n"):format(subject.title, new, table.concat(preview, '\n')),
    format_item = function(way)
      return way[1]
    end,
  }, function(way)
    if not way then
      return reply(nil, NOTHING)
    end
    way[2]()
  end)
end

---@param params lsp.RenameParams
---@param reply heph.Reply
function M.rename(params, reply)
  target(params, function(err, subject, id)
    if err then
      return reply(err, nil)
    end
    local new = vim.trim(params.newName)
    daemon.request('node.rename', { id = id, title = new, dry_run = true }, function(unfit, look)
      if unfit then
        return ask_plainly(subject, id, new, unfit, reply)
      elseif #look.rewritten > 0 then
        return ask(subject, id, new, look.rewritten, reply)
      end
      carry_out('node.update', subject, id, new, reply)
    end)
  end)
end

return M
