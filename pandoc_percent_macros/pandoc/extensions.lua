-- Tells which extensions of Markdown are on for a reader: pandoc itself lists those of its own readers alone.
function Pandoc()
  local known = pandoc.format.extensions 'markdown'
  for _, each in ipairs(PANDOC_READER_OPTIONS.extensions) do
    if known[each] ~= nil then io.stdout:write(each, ' ') end
  end
  os.exit(0)
end
