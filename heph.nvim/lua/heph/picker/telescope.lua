--- Choosing with telescope, which is there or not.
local daemon = require('heph.daemon')

local M = {}

local SPLITS = { horizontal = 'split', vertical = 'vsplit', tab = 'tab split' }

--- Asks the daemon for what is typed, or once, and hands on what it says; telescope calls it at every letter. What goes wrong in telescope
--- behind that is heard of here.
---@param source heph.Source
---@param failed fun(why: string)
local function finder(source, failed)
  local items
  local function hand_on(found, result, complete)
    for _, item in ipairs(found) do
      local words = source.words(item)
      if result({ value = item, display = words, ordinal = words, valid = true }) then
        return -- something else is typed by now
      end
    end
    complete()
  end
  local function find(_, typed, result, complete)
    local function found(err, now)
      daemon.shown(err)
      items = now or {}
      local went, why = pcall(hand_on, items, result, complete)
      if not went then
        failed(why)
      end
    end
    if items and not source.live then
      return found(nil, items)
    end
    source.ask(typed or '', found)
  end
  return setmetatable({ close = function() end }, { __call = find })
end

local function preview(source)
  return require('telescope.previewers').new_buffer_previewer({
    title = 'Text',
    define_preview = function(self, entry)
      local buf = self.state.bufnr
      daemon.request('node.get', { id = source.node(entry.value) }, function(_, node)
        if node and vim.api.nvim_buf_is_valid(buf) then
          vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(node.body or '', '\n', { plain = true }))
          vim.bo[buf].syntax = 'markdown'
        end
      end)
    end,
  })
end

--- Opens a picker. Whatever of telescope fails raises an error, or comes to `broken` once it is open.
---@param source heph.Source
---@param options? table as telescope has them
---@param broken fun(why: string)
function M.open(source, options, broken)
  local actions, set, state = require('telescope.actions'), require('telescope.actions.set'), require('telescope.actions.state')
  local sorters, values = require('telescope.sorters'), require('telescope.config').values
  options = options or {}
  local prompt
  local function failed(why)
    if prompt then
      pcall(actions.close, prompt)
      prompt = nil
      broken(why)
    end
  end
  require('telescope.pickers')
    .new(options, {
      prompt_title = source.prompt,
      finder = finder(source, failed),
      sorter = source.live and sorters.highlighter_only(options) or values.generic_sorter(options),
      previewer = source.node and preview(source) or nil,
      attach_mappings = function(buf)
        prompt = buf
        set.select:replace(function(_, kind)
          local entry = state.get_selected_entry()
          actions.close(buf)
          if entry then
            source.open(entry.value, SPLITS[kind])
          end
        end)
        return true
      end,
    })
    :find()
end

return M
