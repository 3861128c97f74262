--- Choosing by what is typed: with telescope if there is one that works, else with vim.ui.select, which is what a person made of it.
local config = require('heph.config')
local daemon = require('heph.daemon')
local sources = require('heph.picker.sources')

local M = {}

---@return string[]
function M.names()
  local names = vim.tbl_keys(sources)
  table.sort(names)
  return names
end

local telescope_works = true -- until it does not

local function with_select(source)
  local function choose(typed)
    source.ask(typed, function(err, items)
      if err then
        return daemon.shown(err)
      elseif #items == 0 then
        return daemon.shown({ message = source.nothing })
      end
      vim.ui.select(items, { prompt = source.prompt, format_item = source.words }, function(item)
        if item then
          source.open(item)
        end
      end)
    end)
  end
  if not source.live then
    return choose('')
  end
  vim.ui.input({ prompt = source.prompt .. ': ' }, function(typed)
    if typed then
      choose(typed)
    end
  end)
end

--- Whether it can be loaded says nothing about whether it runs in this Neovim, so it is tried.
local function with_telescope(source, options)
  local telescope = require('heph.picker.telescope')
  local function broken(why)
    telescope_works = false
    vim.notify(('heph: telescope does not work here (%s), so vim.ui.select is used'):format(why), vim.log.levels.WARN)
    with_select(source)
  end
  local opened, why = pcall(telescope.open, source, options, broken)
  if not opened then
    broken(why)
  end
end

--- Lets a person choose, and opens what they chose.
---@param name string one of names()
---@param options? table for telescope
function M.open(name, options)
  local source = sources[name]
  if not source then
    local there = table.concat(M.names(), ', ')
    return daemon.shown({ message = ("there is nothing called '%s' to choose from. There are: %s"):format(name, there) })
  end
  local wanted = config.get().picker
  if wanted ~= 'select' and telescope_works and pcall(require, 'telescope') then
    return with_telescope(source, options)
  end
  with_select(source)
end

return M
