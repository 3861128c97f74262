--- Language features of notes and lists, as any language server has them: so every completion engine, picker and key that knows LSP
--- works, and none is needed. The server is a table of functions in this Neovim.
local M = {}

local function is_ours(client)
  return client.name == 'heph'
end

--- Starts it for a buffer. Not by vim.lsp.enable(), which leaves buffers alone that are written by an autocommand.
---@param buf integer
function M.attach(buf)
  if not require('heph.config').get().lsp then
    return
  end
  vim.schedule(function() -- the text is to be there first
    if not vim.api.nvim_buf_is_loaded(buf) then
      return
    end
    require('heph.lsp.omni').set(buf)
    vim.lsp.start({ name = 'heph', cmd = require('heph.lsp.server').start }, { bufnr = buf, reuse_client = is_ours })
  end)
end

return M
