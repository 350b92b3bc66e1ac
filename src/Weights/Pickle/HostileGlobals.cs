using System.Collections.Frozen;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Names that stand in a pickle only to run programs or to reach files when Python loads it. Nothing here would call
/// them; a file that has them is refused so that its owner learns of it.
/// </summary>
internal static class HostileGlobals
{
    private static readonly FrozenSet<string> s_modules = new[]
    {
        "os",
        "posix",
        "nt",
        "subprocess",
        "_posixsubprocess",
        "pty",
        "sys",
        "socket",
        "shutil",
        "runpy",
        "importlib",
        "ctypes",
        "webbrowser",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> s_builtins = new[]
    {
        "eval",
        "exec",
        "execfile",
        "compile",
        "open",
        "__import__",
        "breakpoint",
        "input",
    }.ToFrozenSet();

    /// <summary>Whether a state dict has no honest use for the name.</summary>
    public static bool Contains(string module, string name)
    {
        int dot = module.IndexOf('.');
        string package = dot < 0 ? module : module[..dot];
        // Python 3 writes builtins as __builtin__, for Python 2 to read.
        return s_modules.Contains(package) || (package is "builtins" or "__builtin__" && s_builtins.Contains(name));
    }
}
