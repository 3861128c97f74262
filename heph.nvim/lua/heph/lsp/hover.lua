--- A look at what a link, a tag or a line of a list is about, without going there.
local daemon = require('heph.daemon')
local link = require('heph.link')
local place = require('heph.lsp.place')
local reading = require('heph.lsp.reading')

local M = {}

--- More of a text does not fit into a window.
local MOST_LINES = 30
local MOST_HITS = 10

local function shown(lines, reply)
  reply(nil, { contents = { kind = 'markdown', value = table.concat(lines, '\n') } })
end

local function beginning(text)
  local lines = vim.split(vim.trim(text), '\n', { plain = true })
  local cut = #lines > MOST_LINES
  lines = vim.list_slice(lines, 1, MOST_LINES)
  return cut and vim.list_extend(lines, { '', '…' }) or lines
end

--- What is known of a node besides its text.
local function about(node, task, today)
  local row = require('heph.row')
  local said = { task and task.task.state ~= 'outstanding' and task.task.state or nil }
  if #node.aliases > 0 then
    table.insert(said, 'also: ' .. table.concat(node.aliases, ', '))
  end
  local sentence = task and row.sentence(vim.tbl_extend('force', task.task, { project = false }), today) or ''
  if sentence ~= '' then
    table.insert(said, sentence)
  end
  local mark = row.mark(task and task.task or node)[1]
  return { ('**%s %s**'):format(mark, node.title), #said > 0 and ('*%s*'):format(table.concat(said, ' · ')) or nil, '' }
end

local function preview(subject, reply)
  daemon.request('node.get', { id = subject.id }, function(err, node)
    if err then
      return reply(err, nil)
    end
    local function with(task, today, part)
      shown(vim.list_extend(about(node, task, today), beginning(part and part.part.text or node.body)), reply)
    end
    local function parted(task, today)
      if not subject.anchor then
        return with(task, today)
      end
      daemon.request('node.get', { id = subject.id, anchor = subject.anchor }, function(_, part)
        with(task, today, part)
      end)
    end
    if not node.context_of then
      return parted()
    end
    daemon.request('node.get', { id = node.context_of }, function(_, task)
      daemon.request('date.parse', { text = 'today' }, function(_, date)
        parted(task, date and date['local'] or '')
      end)
    end)
  end)
end

local function tagged(tag, reply)
  daemon.request('search', { query = '#' .. tag, limit = MOST_HITS }, function(err, result)
    if err then
      return reply(err, nil)
    end
    local lines = { ('**#%s** · %d found'):format(tag, result.total), '' }
    for _, hit in ipairs(result.hits) do
      table.insert(lines, '- ' .. hit.title)
    end
    shown(lines, reply)
  end)
end

local function nowhere(found, reply)
  if found.file then
    return reply(nil, nil)
  end
  shown({ ("There is no note '%s'. Following the link makes it."):format(found.target) }, reply)
end

---@param params lsp.HoverParams
---@param reply heph.Reply
function M.hover(params, reply)
  local buf = reading.buffer(params)
  reading.subject(params, function(err, subject, unresolved)
    if err then
      return reply(err, nil)
    elseif subject then
      return preview(subject, reply)
    elseif unresolved then
      return nowhere(unresolved, reply)
    end
    local line = place.line(buf, params.position.line)
    local under = link.at(line, place.byte(line, params.position.character) + 1)
    if under and under.kind == 'tag' and vim.b[buf].heph_id then
      return tagged(under.text, reply)
    end
    reply(nil, nil)
  end)
end

return M
