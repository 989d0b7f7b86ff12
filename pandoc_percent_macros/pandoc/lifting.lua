-- Runs another Lua filter, whose Markdown goes through `percent-macros lift` before pandoc reads it: what the filter
-- includes brings its macros along. Names of files are those that were opened last.
local FAMILY = {markdown = true, gfm = true, commonmark = true, commonmark_x = true}

local function dialect(format)
  if type(format) ~= 'table' then return format or 'markdown' end
  local on = {}
  for key, value in pairs(format.extensions or {}) do
    if type(key) == 'number' then on[value] = true else on[key] = value end
  end
  local name = {format.format}
  local defaults = format.extensions and pandoc.format and pandoc.format.extensions(format.format) or {}
  for extension, default in pairs(defaults) do
    if (on[extension] or false) ~= default then name[#name + 1] = (default and '-' or '+') .. extension end
  end
  return table.concat(name)
end

local function is_markdown(format)
  local name = format:match '^[%w_]+' or ''
  return FAMILY[name] or name:match '^markdown_' ~= nil
end

-- The name of a file as it is from the folder that pandoc runs in
local function named(name, root)
  local path = pandoc.path.join {pandoc.system.get_working_directory(), name}
  return pandoc.path.make_relative(pandoc.path.normalize(path), root)
end

local function remembering(open, note)
  return function(name, mode, ...)
    if type(name) == 'string' and not (type(mode) == 'string' and mode:find '[wa]') then note(name) end
    return open(name, mode, ...)
  end
end

local function wrap(program)
  local root = pandoc.system.get_working_directory()
  local last = '<included>'
  local function note(name) last = named(name, root) end
  io.open, io.lines = remembering(io.open, note), remembering(io.lines, note)
  if pandoc.system.read_file then pandoc.system.read_file = remembering(pandoc.system.read_file, note) end
  local read = pandoc.read
  function pandoc.read(content, format, options, ...)
    local from = dialect(format)
    local text = type(content) == 'string' and content or nil
    if text and text:find('%%%%') and is_markdown(from) then
      local stop = options and options.tab_stop or 4
      local words = {table.unpack(program, 2)}
      for _, word in ipairs {'lift', '--from', from, '--quiet', '--tab-stop', tostring(stop)} do
        words[#words + 1] = word
      end
      words[#words + 1] = '--part'
      words[#words + 1] = #text .. ':' .. last
      content = pandoc.pipe(program[1], words, text)
    end
    return read(content, format, options, ...)
  end
end

-- Take a filter's file, the words that start our program, the format that is written, and what is global.
return function(script, program, target, environment)
  environment.FORMAT, environment.PANDOC_SCRIPT_FILE = target, script
  wrap(program)
  return assert(loadfile(script, 't', environment))()
end
