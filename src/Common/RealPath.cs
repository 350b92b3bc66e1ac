namespace MlNetImageTranslation;

/// <summary>Where a path really leads, links in any of its folders followed.</summary>
internal static class RealPath
{
    /// <summary>An absolute path without links; what does not exist stays as it is named.</summary>
    public static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var here = new DirectoryInfo(Path.Combine(Of(parent), Path.GetFileName(full)));
        return here.LinkTarget is not null && here.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Of(target.FullName)
            : here.FullName;
    }
}
