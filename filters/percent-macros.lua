-- Pandoc's Markdown with percent macros: `pandoc -f percent-macros.lua -F percent-macros …` (pandoc 3).
-- Every source goes through `percent-macros lift` before pandoc parses it. Switches of extensions work as
-- with Markdown itself: `-f percent-macros.lua-smart+emoji`.

-- The program, and arguments before its own. `percent-macros setup` puts the place of its installation here.
local PROGRAM = {'percent-macros'}

Extensions = pandoc.format.extensions 'markdown'

local function format(enabled)
  local name, on = {'markdown'}, {}
  for _, extension in ipairs(enabled) do on[extension] = true end
  for extension, default in pairs(Extensions) do
    local is_on = on[extension] or false
    if is_on ~= default then name[#name + 1] = (is_on and '+' or '-') .. extension end
  end
  return table.concat(name)
end

local function lift(sources, from, tab_stop)
  local arguments = {table.unpack(PROGRAM, 2)}
  for _, argument in ipairs {'lift', '--from', from, '--quiet', '--tab-stop', tostring(tab_stop)} do
    arguments[#arguments + 1] = argument
  end
  local texts = {}
  for _, source in ipairs(sources) do
    arguments[#arguments + 1] = '--part'
    arguments[#arguments + 1] = #source.text .. ':' .. source.name
    texts[#texts + 1] = source.text
  end
  return pandoc.pipe(PROGRAM[1], arguments, table.concat(texts))
end

function Reader(sources, options)
  local text = tostring(sources)
  if text:find('%%%%') then
    text = lift(sources, format(options.extensions), options.tab_stop)
  end
  return pandoc.read(text, {format = 'markdown', extensions = options.extensions}, options)
end
