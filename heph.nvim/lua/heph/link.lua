--- Where links lead: to a note, one of several, one that is to be made, a file, an address.
local daemon = require('heph.daemon')
local node = require('heph.node')

local M = {}

local api = vim.api

--- Opens a node, at a part of it.
---@param id string
---@param anchor? string
function M.open(id, anchor)
  local part
  if anchor then
    daemon.request('node.get', { id = id, anchor = anchor }, function(err, found)
      daemon.shown(err) -- the note is there all the same
      part = found and found.part
    end)
  end
  node.open(id, { -- answered after what was asked before
    after = function()
      if part then
        api.nvim_win_set_cursor(0, { math.min(part.first_line, api.nvim_buf_line_count(0)), 0 })
      end
    end,
  })
end

--- Makes a note of a title that nothing has, when a person wants it.
---@param title string
---@param why? string what the person should know besides
local function create(title, why)
  local prompt = ("There is no note '%s'%s"):format(title, why and '. ' .. why or '')
  vim.ui.select({ 'Create it', 'Leave it' }, { prompt = prompt }, function(chosen)
    if chosen == 'Create it' then
      M.create(title)
    end
  end)
end

---@param title string
function M.create(title)
  daemon.request('node.create', { kind = 'doc', title = title }, function(err, made)
    if err then
      return daemon.shown(err)
    end
    node.reveal(made)
  end)
end

--- Opens what a name means: a title, an alias, Note#Heading. One that means nothing may be made, of several one is chosen.
---@param name string
function M.follow(name)
  local own = vim.b.heph_id
  if own and name:sub(1, 1) == '#' then
    return M.open(own, name:sub(2))
  end
  daemon.request('node.resolve', { name = name }, function(err, found)
    if err then
      return daemon.shown(err)
    elseif found.match == 'one' then
      return M.open(found.node.id, found.anchor)
    elseif found.match == 'none' then
      return create((name:gsub('#.*$', '')))
    end
    M.choose(found.candidates, ("Several are called '%s'"):format(name), found.anchor)
  end)
end

--- A node in a menu: what tells it from others of its title is the path that it came from, or else the end of its id.
local function label(item, alone)
  local named = item.kind == 'doc' and item.title or ('%s (%s)'):format(item.title, item.kind)
  local apart = item.path or not alone and '…' .. item.id:sub(-6)
  return apart and named .. '  ' .. apart or named
end

--- Lets a person choose one of some nodes, and opens it.
---@param nodes {id: string, title: string, kind: string, path?: string}[]
---@param prompt string
---@param anchor? string
function M.choose(nodes, prompt, anchor)
  local times = {}
  for _, item in ipairs(nodes) do
    local folded = vim.fn.tolower(item.title)
    times[folded] = (times[folded] or 0) + 1
  end
  vim.ui.select(nodes, {
    prompt = prompt,
    format_item = function(item)
      return label(item, times[vim.fn.tolower(item.title)] == 1)
    end,
  }, function(chosen)
    if chosen then
      M.open(chosen.id, anchor)
    end
  end)
end

--- Lets a person choose which of several nodes a link means.
---@param ids string[]
---@param link table
local function choose_of(ids, link)
  local nodes = {}
  for at, id in ipairs(ids) do
    daemon.request('node.get', { id = id }, function(_, found)
      if found then
        local path = found.source and found.source.path
        table.insert(nodes, { id = id, title = found.title, kind = found.context_of and 'task' or found.kind, path = path })
      end
      if at == #ids then -- answered in the order asked
        M.choose(nodes, ("Several are called '%s'"):format(link.target), link.anchor)
      end
    end)
  end
end

--- Says of a file where it is, as far as heph knows.
---@param target string
---@param relative boolean whether it is a path from the note's own folder
local function tell_of_file(target, relative)
  local buf = api.nvim_get_current_buf()
  local said = target .. ' is a file, and heph keeps none'
  daemon.request('node.get', { id = vim.b[buf].heph_id }, function(_, own)
    local source = own and own.source
    if source and relative then
      local from = target:sub(1, 1) == '/' and target:sub(2) or vim.fs.joinpath((source.path:match('^(.*)/') or '.'), target)
      said = ("%s: it stayed in the folder '%s', at %s"):format(said, source.vault, (vim.fs.normalize(from):gsub('^%./', '')))
    elseif source then
      said = ("%s: it stayed in the folder '%s', which this note came from"):format(said, source.vault)
    end
    daemon.shown({ message = said })
  end)
end

--- The name that a link has for what it leads to, without folder and extension.
local function name_of(target)
  return vim.trim((target:match('[^/]*$'):gsub('%.[mM][dD]$', '')))
end

--- Follows a link that the daemon read.
---@param link table of text.read
function M.go(link)
  if link.others then
    return choose_of({ link.dst, unpack(link.others) }, link)
  elseif link.dst then
    return M.open(link.dst, link.anchor)
  elseif link.file then
    return tell_of_file(link.target, link.type == 'markdown')
  end
  local in_folder = link.target:find('/') and 'A new one lies in no folder: the link leads there once it is written without'
  create(name_of(link.target), in_folder or nil)
end

--- Follows what is no link to a note: an address, a heading of this note, or a file.
---@param target string
function M.leave(target)
  if target:sub(1, 1) == '#' then
    return M.open(vim.b.heph_id, vim.uri_decode(target:sub(2)))
  elseif not target:match('^%a[%w+.-]+:') then
    return tell_of_file(vim.uri_decode(target), true)
  end
  local _, err = vim.ui.open(target)
  if err then
    daemon.shown({ message = err })
  end
end

--- Lists what leads to the note that is open, or where it leads.
---@param method 'links.backlinks'|'links.outgoing'
function M.list(method)
  local id = vim.b.heph_id
  if not id then
    return daemon.shown({ message = 'this buffer is no note' })
  end
  daemon.request(method, { id = id }, function(err, links)
    if err then
      return daemon.shown(err)
    end
    local end_of = method == 'links.backlinks' and 'src' or 'dst'
    local nodes, seen = {}, {}
    for _, link in ipairs(links) do
      if link[end_of] and not seen[link[end_of]] and link.type ~= 'alias' then
        seen[link[end_of]] = true
        table.insert(nodes, { id = link[end_of], title = link.title, kind = link.kind })
      end
    end
    if #nodes == 0 then
      return vim.api.nvim_echo({ { end_of == 'src' and 'nothing links here' or 'it links to nothing' } }, false, {})
    end
    M.choose(nodes, end_of == 'src' and 'Links here' or 'Links to')
  end)
end

return M
