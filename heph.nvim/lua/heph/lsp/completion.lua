--- What may stand behind [[ and #, and when capturing behind @. The daemon finds, by any word of a title or alias; engines only show,
--- in the order given.
local daemon = require('heph.daemon')
local place = require('heph.lsp.place')
local reading = require('heph.lsp.reading')

local M = {}

local MOST = 50

local KINDS = vim.lsp.protocol.CompletionItemKind
local ICONS = { doc = KINDS.File, journal = KINDS.File, task = KINDS.Event, project = KINDS.Module, tag = KINDS.Keyword }

---@class heph.Typed
---@field kind 'title'|'heading'|'block'|'tag'|'project'
---@field text string what of it is typed
---@field note? string the title before the #
---@field bytes integer how much of the line before the cursor it takes up, with what opens it

--- What is being typed at the end of the text before the cursor.
---@param before string
---@param capturing boolean whether it is a line of the grammar of capture
---@return heph.Typed?
function M.typed(before, capturing)
  local link = before:match('%[%[([^%[%]|]*)$')
  if link then
    local note, heading = link:match('^([^#]*)#(.*)$')
    if note and heading:sub(1, 1) == '^' then
      return { kind = 'block', text = heading:sub(2), note = vim.trim(note), bytes = #link + 2 }
    elseif note then
      return { kind = 'heading', text = heading:match('[^#]*$'), note = vim.trim(note), bytes = #link + 2 }
    end
    return { kind = 'title', text = link, bytes = #link + 2 }
  end
  local project = capturing and (' ' .. before):match('%s@([^%s@]*)$')
  if project then
    return { kind = 'project', text = project, bytes = #project + 1 }
  end
  local tag = (' ' .. before):match('%s#([^%s#.,;:!?()%[%]{}"\'`]*)$')
  return tag and { kind = 'tag', text = tag, bytes = #tag + 1 }
end

--- A wiki link cannot hold every title; [[ and ]] or a heading's sign inside would mean something else.
---@param name string
---@return boolean
local function can_hold(name)
  return not name:find('[%[%]|#^\\/`<>%c]') and not name:lower():find('%.md$')
end

---@return {text: string, label: string, detail: string, kind: integer}[]
local function titles(typed, found)
  local entries, known = {}, false
  for _, node in ipairs(found) do
    known = known or node.name:lower() == vim.trim(typed.text):lower()
    local text = node.title
    if not can_hold(node.title) then
      text = can_hold(node.name) and node.name or nil
    elseif node.name ~= node.title then
      text = can_hold(node.name) and node.title .. '|' .. node.name or node.title
    end
    if text then
      local of = node.kind == 'doc' and '' or node.kind
      local detail = node.name ~= node.title and vim.trim(of .. ' ' .. node.title) or of
      table.insert(entries, {
        text = '[[' .. text,
        label = node.name,
        detail = detail,
        kind = ICONS[node.kind],
        id = node.id,
        node_kind = node.kind,
        title = node.title,
        shown = node.name ~= node.title and node.name or nil,
      })
    end
  end
  local new = vim.trim(typed.text)
  if new ~= '' and not known and can_hold(new) then
    table.insert(entries, { text = '[[' .. new, label = new, detail = 'a new note, made when followed', kind = KINDS.File })
  end
  return entries
end

local function projects(found)
  return vim.tbl_map(function(node)
    local text = node.title:find('%s') and ('@"%s"'):format(node.title) or '@' .. node.title
    return { text = text, label = node.title, detail = '', kind = KINDS.Module, id = node.id }
  end, found)
end

local function headings(typed, found)
  local entries = {}
  local begin = '[[' .. typed.note .. '#'
  for _, heading in ipairs(found) do
    local text = vim.trim((heading.text:gsub('[%[%]|#^]', ' '):gsub('%s+', ' ')))
    if text ~= '' then
      table.insert(entries, { text = begin .. text, label = text, detail = ('#'):rep(heading.level), kind = KINDS.Reference })
    end
  end
  return entries
end

local function blocks(typed, found)
  local begin = '[[' .. typed.note .. '#^'
  return vim.tbl_map(function(block)
    return {
      text = begin .. block.id,
      label = '^' .. block.id,
      detail = block.text,
      kind = KINDS.Reference,
      words = block.id .. ' ' .. block.text,
    }
  end, found)
end

local function said(entry)
  return entry.words or entry.label
end

--- Those that hold what is typed, the likely ones first; a block is known by its words, too.
local function matching(entries, typed)
  return typed == '' and entries or vim.fn.matchfuzzy(entries, typed, { text_cb = said })
end

local function ask(typed, buf, callback)
  if typed.kind == 'title' then
    return daemon.request('node.complete', { text = typed.text, limit = MOST }, function(err, found)
      local own = vim.b[buf].heph_id
      if err or not own then -- of what is captured it is not known yet where it will stand
        return callback(err, found and titles(typed, found))
      end
      require('heph.lsp.naming').sure(own, titles(typed, found), callback)
    end)
  elseif typed.kind == 'tag' then
    return daemon.request('tag.list', nil, function(err, tags)
      local entries = vim.tbl_map(function(tag)
        return { text = '#' .. tag.tag, label = tag.tag, detail = ('%d'):format(tag.count), kind = KINDS.Keyword }
      end, tags or {})
      callback(err, vim.list_slice(matching(entries, typed.text), 1, MOST))
    end)
  end
  if typed.kind == 'project' then
    return daemon.request('node.complete', { text = typed.text, kind = 'project', limit = MOST }, function(err, found)
      callback(err, found and projects(found))
    end)
  end
  local own = vim.b[buf].heph_id
  if not own then
    return callback(nil, {})
  end
  local function read(err, found)
    local entries = found and (typed.kind == 'block' and blocks(typed, found.blocks) or headings(typed, found.headings))
    callback(err, entries and matching(entries, typed.text))
  end
  if typed.note == '' then
    return reading.of(own, read)
  end
  -- A link of that text says which note is meant.
  daemon.request('text.read', { id = own, body = '[[' .. typed.note .. ']]' }, function(err, found)
    local link = found and found.links[1]
    if not (link and link.dst) then
      return callback(err, {})
    end
    reading.of(link.dst, read)
  end)
end

--- Items that take the place of what was typed. Each says that it fits that: the daemon has found them, and nothing is to filter by
--- the first letters what was found by a word in the middle.
local function items(entries, typed, before, behind, position)
  local start = place.character(before, #before - typed.bytes)
  local link = typed.kind == 'title' or typed.kind == 'heading' or typed.kind == 'block'
  local stop = link and not vim.startswith(behind, ']]') and ']]' or ''
  local range = { start = { line = position.line, character = start }, ['end'] = position }
  local all = {}
  for at, entry in ipairs(entries) do
    table.insert(all, {
      label = entry.label,
      kind = entry.kind,
      detail = entry.detail ~= '' and entry.detail or nil,
      filterText = before:sub(-typed.bytes),
      sortText = ('%04d'):format(at),
      insertTextFormat = 1, -- no snippet
      textEdit = { range = range, newText = entry.text .. stop },
      data = entry.id,
    })
  end
  return all
end

---@param params lsp.CompletionParams
---@param reply heph.Reply
function M.complete(params, reply)
  local buf = reading.buffer(params)
  local before, behind = reading.around(buf, params.position)
  local capturing = vim.api.nvim_buf_get_name(buf) == 'heph://capture'
  local typed = (capturing or vim.b[buf].heph_id) and M.typed(before, capturing)
  if not typed then
    return reply(nil, { isIncomplete = false, items = {} })
  end
  ask(typed, buf, function(err, entries)
    if err then
      return reply(err, nil)
    end
    reply(nil, { isIncomplete = true, items = items(entries, typed, before, behind, params.position) })
  end)
end

--- An item with a look at what it is.
---@param item lsp.CompletionItem
---@param reply heph.Reply
function M.resolve(item, reply)
  if type(item.data) ~= 'string' then
    return reply(nil, item)
  end
  require('heph.lsp.hover').look(item.data, nil, function(_, documentation)
    item.documentation = documentation -- if it is gone meanwhile, the item is as good without
    reply(nil, item)
  end)
end

return M
