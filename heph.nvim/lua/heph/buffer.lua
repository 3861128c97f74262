--- Buffers by their names: heph://node/ID, heph://capture, and lists.
local M = {}

local function parts(buf)
  return vim.api.nvim_buf_get_name(buf):match('^heph://([^/]+)/?(.*)$')
end

--- Who is responsible for a buffer.
local function kind(buf)
  local name = parts(buf)
  return (name == 'node' or name == 'capture' or name == 'conflict') and name or 'list'
end

---@param buf integer
function M.read(buf)
  local name, argument = parts(buf)
  if name == 'node' then
    require('heph.node').read(buf)
  elseif name == 'capture' then
    require('heph.capture').read(buf)
  elseif name == 'conflict' then
    require('heph.conflict.sides').read(buf)
  else
    require('heph.view').read(buf, name, argument)
  end
end

---@param buf integer
---@param name string
function M.write(buf, name)
  if kind(buf) == 'capture' then
    require('heph.capture').write(buf)
  elseif kind(buf) == 'node' then
    require('heph.node').write(buf, name)
  elseif kind(buf) == 'conflict' then
    require('heph.conflict.sides').write(buf)
  end
end

--- A session gives a buffer its name, and reads nothing.
function M.restore()
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    local name = vim.api.nvim_buf_is_loaded(buf) and parts(buf)
    if name == 'node' then
      require('heph.node').restore(buf)
    elseif name and not require('heph.view').is_view(buf) then
      M.read(buf)
    end
  end
end

---@param buf integer
function M.enter(buf)
  if kind(buf) == 'node' or kind(buf) == 'conflict' then
    require('heph.title').above(vim.api.nvim_get_current_win())
  elseif kind(buf) == 'capture' then
    require('heph.capture').enter(buf)
  elseif kind(buf) == 'list' then
    local view = require('heph.view')
    if view.is_view(buf) then
      view.window(vim.api.nvim_get_current_win())
      require('heph.daemon').quietly(view.enter, buf)
    end
  end
end

---@param buf integer
function M.close(buf)
  if kind(buf) == 'node' then
    require('heph.node').close(buf)
  elseif kind(buf) == 'conflict' then
    require('heph.conflict.sides').close(buf)
  elseif kind(buf) == 'list' then
    require('heph.view').close(buf)
  end
end

--- The hands are off the keys: what waited for that can show.
function M.settle()
  local quietly = require('heph.daemon').quietly
  if package.loaded['heph.node'] then
    quietly(require('heph.node').flush)
  end
  if package.loaded['heph.view'] then
    quietly(require('heph.view').settle, vim.api.nvim_get_current_buf())
  end
end

return M
