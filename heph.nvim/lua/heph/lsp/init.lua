--- Language features of notes and lists, as any language server has them: so every completion engine, picker and key that knows LSP
--- works, and none is needed. The server is a table of functions in this Neovim.
local M = {}

local function is_ours(client)
  return client.name == 'heph'
end

--- Not by vim.lsp.enable(), which leaves buffers alone that are written by an autocommand.
local function start(buf)
  if vim.api.nvim_buf_is_loaded(buf) then
    require('heph.lsp.omni').set(buf)
    vim.lsp.start({ name = 'heph', cmd = require('heph.lsp.server').start }, { bufnr = buf, reuse_client = is_ours })
  end
end

--- Starts it for a buffer, when that is seen: a quickfix list loads many that are not.
---@param buf integer
function M.attach(buf)
  if not require('heph.config').get().lsp then
    return
  end
  vim.schedule(function() -- the text is to show first
    if #vim.fn.win_findbuf(buf) > 0 then
      return start(buf)
    elseif vim.api.nvim_buf_is_valid(buf) then
      vim.api.nvim_create_autocmd('BufWinEnter', {
        group = vim.api.nvim_create_augroup('heph.lsp.' .. buf, {}), -- once, however often it is loaded
        buffer = buf,
        once = true,
        callback = function()
          start(buf)
        end,
      })
    end
  end)
end

return M
