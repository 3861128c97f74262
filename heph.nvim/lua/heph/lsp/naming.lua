--- Links by which a node is meant, and no other of its title: by its path, or else by an alias that nothing else has. Whom a link means
--- from a note the daemon says.
local daemon = require('heph.daemon')

local M = {}

---@class heph.Named an entry of a completion
---@field text string the link that is inserted, without what closes it
---@field id? string whom it is to mean; without, it is a new note
---@field node_kind? string
---@field title? string
---@field shown? string what the link is to show, if that is not its title
---@field detail string

--- Whom each of some links means, read in a note.
---@param own string
---@param texts string[]
---@param callback fun(err?: heph.Error, links?: table<integer, table>)
local function read(own, texts, callback)
  local body = table.concat(texts, ']]\n\n') .. ']]'
  daemon.request('text.read', { id = own, body = body }, function(err, found)
    local links = {}
    for _, link in ipairs(found and found.links or {}) do
      links[link.range.start.line / 2 + 1] = link
    end
    callback(err, found and links)
  end)
end

--- Links by the ends of a path, the short ones first, and by aliases.
local function others_of(entry, node)
  local found = {}
  local function add(name)
    if not name:find('[%[%]|#^\\`<>%c]') then
      table.insert(found, '[[' .. name .. (entry.shown and '|' .. entry.shown or ''))
    end
  end
  local path = node.source and node.source.path:gsub('%.[mM][dD]$', '')
  local slash = path and path:match('^.*()/')
  while slash do
    slash = path:sub(1, slash - 1):match('^.*()/')
    add(path:sub((slash or 0) + 1))
  end
  for _, alias in ipairs(node.aliases) do
    if not alias:find('/') then
      entry.shown = entry.shown or entry.title
      add(alias)
    end
  end
  return found
end

--- Gives each entry that another node could be meant by another link, and says its path; one that no link means is left out.
local function look_for_others(own, entries, unsure, callback)
  local texts, of = {}, {}
  local function choose(err, links)
    if err then
      return callback(err)
    end
    local better = {}
    for at, link in pairs(links) do
      local entry = of[at]
      if link.dst == entry.id and not link.others and not (better[entry] and better[entry] < at) then
        better[entry] = at
      end
    end
    callback(
      nil,
      vim.tbl_filter(function(entry)
        entry.text = better[entry] and texts[better[entry]] or entry.text
        return better[entry] ~= nil or not unsure[entry] or unsure[entry].dst == entry.id
      end, entries)
    )
  end
  local list = vim.tbl_keys(unsure)
  for at, entry in ipairs(list) do
    daemon.request('node.get', { id = entry.id }, function(_, node)
      entry.detail = node and node.source and node.source.path or entry.detail
      for _, text in ipairs(node and others_of(entry, node) or {}) do
        table.insert(texts, text)
        of[#texts] = entry
      end
      if at == #list then -- answered in the order asked
        read(own, texts, choose)
      end
    end)
  end
end

--- By what an entry's link leads anywhere.
local function target_of(entry)
  return vim.fn.tolower(entry.text:match('^[^|]*'))
end

--- Makes sure that each entry's link means its node.
---@param own string the note in which the link is to stand
---@param entries heph.Named[]
---@param callback fun(err?: heph.Error, entries?: heph.Named[])
function M.sure(own, entries, callback)
  if #entries == 0 then
    return callback(nil, entries)
  end
  local texts, ids = {}, {}
  local shared = {} ---@type table<string, string|true> the one node that is meant so, or that there are several
  for at, entry in ipairs(entries) do
    local target = target_of(entry)
    texts[at], ids[entry.id or ''] = entry.text, true
    local known = shared[target]
    shared[target] = known ~= nil and known ~= entry.id or entry.id
  end
  read(own, texts, function(err, links)
    if err then
      return callback(err)
    end
    local unsure = {}
    for at, entry in ipairs(entries) do
      local link = links[at] or {}
      -- A link leads to the document of a task, which is no entry itself.
      local is_meant = link.dst == entry.id or entry.node_kind == 'task' and not ids[link.dst or '']
      if entry.id and not (is_meant and shared[target_of(entry)] ~= true and not link.others) then
        unsure[entry] = is_meant and { dst = entry.id } or link
      end
    end
    if next(unsure) == nil then
      return callback(nil, entries)
    end
    look_for_others(own, entries, unsure, callback)
  end)
end

return M
