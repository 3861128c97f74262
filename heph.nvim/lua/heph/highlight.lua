--- The colours of lists, as links that a colour scheme or a person may set otherwise.
local M = {}

local LINKS = {
  HephTitle = 'Normal',
  HephHeading = 'Function',
  HephRed = 'DiagnosticError',
  HephOrange = 'DiagnosticWarn',
  HephWhite = 'Normal',
  HephBlue = 'DiagnosticInfo',
  HephLate = 'DiagnosticError',
  HephDate = 'Comment',
  HephProject = 'Directory',
  HephDetail = 'Comment',
  HephKind = 'Comment',
  HephDone = 'Comment',
  HephTag = 'Special',
  HephLink = 'Underlined',
  HephUnresolved = 'DiagnosticUnderlineHint',
}

function M.define()
  for group, link in pairs(LINKS) do
    vim.api.nvim_set_hl(0, group, { link = link, default = true })
  end
  vim.api.nvim_set_hl(0, 'HephGone', { strikethrough = true, default = true })
end

return M
