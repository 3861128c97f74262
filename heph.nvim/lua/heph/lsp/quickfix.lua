--- Lists of places show the titles of notes, and not the ids in the names of their buffers.
local M = {}

--- In a window that shows such a list; what its user conceals, or not, elsewhere stays.
local function conceal()
  vim.fn.matchadd('Conceal', [[heph://node/\w\{26}/]], 10, -1, { conceal = '' })
  vim.wo.conceallevel, vim.wo.concealcursor = 2, 'nc'
end

local function lists_notes()
  local info = vim.fn.getwininfo(vim.api.nvim_get_current_win())[1]
  local items = info.loclist == 1 and vim.fn.getloclist(0) or vim.fn.getqflist()
  return vim.iter(items):any(function(item)
    return item.bufnr > 0 and vim.api.nvim_buf_get_name(item.bufnr):match('^heph://node/') ~= nil
  end)
end

--- Looks at each list that is opened from now on.
function M.start()
  vim.api.nvim_create_autocmd('BufWinEnter', {
    group = 'heph',
    callback = function(event)
      if vim.bo[event.buf].buftype == 'quickfix' and lists_notes() then
        conceal()
      end
    end,
  })
end

return M
