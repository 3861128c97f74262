--- Links of a text: the one under the cursor, and where it leads.
local daemon = require('heph.daemon')
local node = require('heph.node')

local M = {}

local api = vim.api

--- What of a line stands around a column.
---@param line string
---@param column integer from 1
---@param pattern string with a position, a capture and a position
---@return string?
local function around(line, column, pattern)
  for from, inside, to in line:gmatch(pattern) do
    if column >= from and column < to then
      return inside
    end
  end
end

---@class heph.Under
---@field kind 'wiki'|'url'|'file'|'tag'
---@field text string

--- What stands in a line that leads somewhere.
---@param line string
---@param column integer in bytes, from 1
---@return heph.Under?
function M.at(line, column)
  local wiki = around(line, column, '()%[%[([^%[%]]+)%]%]()')
  if wiki then
    return { kind = 'wiki', text = vim.trim((wiki:gsub('\\?|.*$', ''))) }
  end
  local target = around(line, column, '()%[[^%]]*%]%(<?([^%s)>]+)>?[^)]*%)()')
  if target then
    return { kind = target:match('^%a[%w+.-]*:') and 'url' or 'file', text = target }
  end
  local url = around(line, column, '()(https?://[^%s<>)%]]+)()')
  if url then
    return { kind = 'url', text = url }
  end
  local tag = around(' ' .. line, column + 1, '()%f[^%s]#([^%s#.,;:!?()%[%]{}"\'`]+)()')
  if tag and not tag:match('^%d+$') then
    return { kind = 'tag', text = tag }
  end
end

---@return heph.Under?
function M.under_cursor()
  return M.at(api.nvim_get_current_line(), api.nvim_win_get_cursor(0)[2] + 1)
end

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
local function create(title)
  vim.ui.select({ 'Create it', 'Leave it' }, { prompt = ("There is no note '%s'"):format(title) }, function(chosen)
    if chosen == 'Create it' then
      M.create(title)
    end
  end)
end

---@param title string
function M.create(title)
  daemon.request('node.create', { kind = 'doc', title = title }, function(err, made)
    return err and daemon.shown(err) or node.reveal(made)
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
    M.choose(found.candidates, ("Several are called '%s'"):format(name))
  end)
end

--- Lets a person choose one of some nodes, and opens it.
---@param nodes {id: string, title: string, kind: string}[]
---@param prompt string
function M.choose(nodes, prompt)
  vim.ui.select(nodes, {
    prompt = prompt,
    format_item = function(item)
      return item.kind == 'doc' and item.title or ('%s (%s)'):format(item.title, item.kind)
    end,
  }, function(chosen)
    if chosen then
      node.open(chosen.id)
    end
  end)
end

local function leave_for_url(url)
  local _, err = vim.ui.open(url)
  if err then
    daemon.shown({ message = err })
  end
end

--- Follows what is under the cursor.
---@param under heph.Under
function M.go(under)
  if under.kind == 'wiki' then
    M.follow(under.text)
  elseif under.kind == 'tag' then
    require('heph.view').open('search', '#' .. under.text)
  elseif under.kind == 'url' then
    leave_for_url(under.text)
  else
    M.follow((vim.uri_decode(under.text):gsub('%.md$', ''):gsub('%.md#', '#'):gsub('^.*/', '')))
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
