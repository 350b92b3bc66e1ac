using System.Collections.Frozen;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// The names of Python's, numpy's and torch's own that training scripts keep beside their weights: options, random
/// states, losses as numpy numbers. Weights are never made of them, so they are read past: a call of one gives a
/// <see cref="PickleInert"/>.
/// </summary>
internal static class InertGlobals
{
    // Python 3 writes builtins as __builtin__, for Python 2 to read.
    private static readonly FrozenSet<string> s_names = new[]
    {
        "argparse.Namespace",
        "types.SimpleNamespace",
        "_codecs.encode",
        "datetime.date",
        "datetime.datetime",
        "datetime.timedelta",
        "uuid.UUID",
        "pathlib.Path",
        "pathlib.PosixPath",
        "pathlib.WindowsPath",
        "pathlib.PurePosixPath",
        "pathlib.PureWindowsPath",
        "numpy.dtype",
        "numpy.ndarray",
        "numpy.core.multiarray.scalar",
        "numpy.core.multiarray._reconstruct",
        "numpy._core.multiarray.scalar",
        "numpy._core.multiarray._reconstruct",
        "torch.device",
        "torch.float",
        "torch.float16",
        "torch.float32",
        "torch.float64",
        "torch.bfloat16",
        "torch.int32",
        "torch.int64",
        "torch.uint8",
        "torch.bool",
    }
        .Concat(
            from module in new[] { "builtins", "__builtin__" }
            from name in new[]
            {
                "set",
                "frozenset",
                "bytes",
                "bytearray",
                "complex",
                "slice",
                "dict",
                "list",
                "int",
                "float",
                "bool",
                "str",
            }
            select $"{module}.{name}"
        )
        .ToFrozenSet();

    public static bool Contains(string module, string name) => s_names.Contains($"{module}.{name}");
}
