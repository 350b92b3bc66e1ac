namespace MlNetImageTranslation;

/// <summary>
/// The native libraries that this process has mapped, from <c>/proc/self/maps</c>; none on systems without it.
/// </summary>
/// <remarks>This file is compiled into the libraries that look for libtorch's.</remarks>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>
    /// Resolved paths of the mapped files whose name begins with <paramref name="name"/> (<c>libopenblas</c>).
    /// </summary>
    public static IReadOnlyList<string> Named(string name) =>
        !File.Exists(Maps)
            ? []
            :
            [
                .. File.ReadLines(Maps)
                    .Select(line => line.IndexOf('/') is >= 0 and var at ? line[at..] : "")
                    .Where(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal))
                    .Distinct(),
            ];
}
