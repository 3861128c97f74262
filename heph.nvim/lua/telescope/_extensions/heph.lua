-- :Telescope heph next, notes, search, tags, projects.
local exports = {}
for name in pairs(require('heph.picker.sources')) do
  exports[name] = function(options)
    require('heph.picker').open(name, options)
  end
end
exports.heph = exports.notes -- :Telescope heph

return require('telescope').register_extension({ exports = exports })
