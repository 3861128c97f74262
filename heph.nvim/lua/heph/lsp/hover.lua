--- A look at what a link, a tag or a line of a list is about, without going there.
local daemon = require('heph.daemon')
local reading = require('heph.lsp.reading')

local M = {}

--- More of a text does not fit into a window.
local MOST_LINES = 30
local MOST_HITS = 10

local function markdown(lines)
  return { kind = 'markdown', value = table.concat(lines, '\n') }
end

local function shown(lines, reply)
  reply(nil, { contents = markdown(lines) })
end

--- The first lines, without front matter.
local function beginning(text)
  local lines = vim.split(vim.trim((text:gsub('^%-%-%-\n.-\n%-%-%-\n', ''))), '\n', { plain = true })
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
  local lines = { ('**%s %s**'):format(mark, node.title) }
  if #said > 0 then
    table.insert(lines, ('*%s*'):format(table.concat(said, ' · ')))
  end
  table.insert(lines, '')
  return lines
end

--- What is known of a note, and how its text begins, or the part of it.
---@param id string
---@param anchor? string
---@param callback fun(err?: heph.Error, markdown?: lsp.MarkupContent)
function M.look(id, anchor, callback)
  local today, part
  daemon.request('date.parse', { text = 'today' }, function(_, date)
    today = date and date['local']
  end)
  if anchor then
    daemon.request('node.get', { id = id, anchor = anchor }, function(_, found)
      part = found and found.part.text
    end)
  end
  daemon.request('node.get', { id = id }, function(err, node) -- answered after what was asked before
    if err then
      return callback(err)
    end
    local function with(task)
      callback(nil, markdown(vim.list_extend(about(node, task, today), beginning(part or node.body))))
    end
    if node.task then
      return M.look(node.task.context, anchor, callback)
    elseif not (node.context_of and today) then
      return with()
    end
    daemon.request('node.get', { id = node.context_of }, function(_, task)
      with(task)
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
  reading.subject(params, function(err, subject, unresolved, read)
    if err then
      return reply(err, nil)
    elseif subject then
      return M.look(subject.id, subject.anchor, function(failed, documentation)
        reply(failed, documentation and { contents = documentation })
      end)
    elseif unresolved then
      return nowhere(unresolved, reply)
    end
    local tag = read and reading.first(read.tags, params.position)
    if tag then
      return tagged(tag.tag, reply)
    end
    reply(nil, nil)
  end)
end

return M
